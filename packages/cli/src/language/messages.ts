import { EN } from './en.ts'
import { ZH_CN } from './zh-cn.ts'

export type MessageName = keyof typeof EN

/** Says a message with its places filled in. */
export type Say = (name: MessageName, places?: Readonly<Record<string, string | number>>) => string

/** The languages that `--lang` takes. */
export const LANGUAGES = { en: EN, 'zh-CN': ZH_CN } as const satisfies Readonly<
  Record<string, Readonly<Record<MessageName, string>>>
>

export type Language = keyof typeof LANGUAGES

export function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text)
}

/** What says the messages of a language. */
export function speaking(language: Language): Say {
  const messages: Readonly<Record<MessageName, string>> = LANGUAGES[language]
  return (name, places = {}) =>
    messages[name].replaceAll(/\{(\w+)\}/g, (whole, place: string) => String(places[place] ?? whole))
}

/**
 * The language of a command line: what `--lang` says, else the locale. It has to be known before the
 * line is parsed, since the help is written in it.
 */
export function languageOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Language {
  const end = argv.indexOf('--')
  const own = end === -1 ? argv : argv.slice(0, end)
  const joined = own.find((word) => word.startsWith('--lang='))?.slice('--lang='.length)
  const at = own.indexOf('--lang')
  const asked = joined ?? (at === -1 ? undefined : own[at + 1])
  if (asked !== undefined && isLanguage(asked)) return asked
  // POSIX: the first one that is set to something decides.
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  const locale = LC_ALL || LC_MESSAGES || LANG || ''
  return /^zh\b|^zh_/i.test(locale) ? 'zh-CN' : 'en'
}
