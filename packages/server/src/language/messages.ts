// What a person is told by `start` and `audit-verify`, before there is a server and beside it. What
// a running server writes is for programs, and English. An older Node must be able to load this.
import { EN } from './en.ts'
import { ZH_CN } from './zh-cn.ts'

export type MessageName = keyof typeof EN

/** What the places of a message are filled with. */
export type Places = Readonly<Record<string, string | number>>

/** Says a message with its places filled in. */
export type Say = (name: MessageName, places?: Places) => string

/** The languages that `--lang` takes. */
export const LANGUAGES = { en: EN, 'zh-CN': ZH_CN } as const satisfies Readonly<
  Record<string, Readonly<Record<MessageName, string>>>
>

export type Language = keyof typeof LANGUAGES

/** What says the messages of a language. */
export function speaking(language: Language): Say {
  const messages: Readonly<Record<MessageName, string>> = LANGUAGES[language]
  return (name, places = {}) =>
    messages[name].replaceAll(
      /\{(\w+)\}/g,
      (whole, place: string) => String(places[place] ?? whole),
    )
}

/** A command line without its `--lang`, and the language that this says, else the locale. */
export interface SpokenWords {
  readonly words: readonly string[]
  readonly language: Language
}

/** Takes `--lang` from a command line; one of a language that is none stays, and is refused there. */
export function spokenWords(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SpokenWords {
  const words: string[] = []
  let asked: Language | undefined
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? ''
    const joined = word.startsWith('--lang=') ? word.slice('--lang='.length) : undefined
    const named = joined ?? (word === '--lang' ? argv[at + 1] : undefined)
    if (named === undefined || !isLanguage(named)) words.push(word)
    else {
      asked = named
      if (joined === undefined) at++
    }
  }
  return { words, language: asked ?? languageOfLocale(environment) }
}

function isLanguage(text: string): text is Language {
  return Object.hasOwn(LANGUAGES, text)
}

function languageOfLocale(environment: Readonly<Record<string, string | undefined>>): Language {
  // POSIX: the first one that is set to something decides.
  const { LC_ALL, LC_MESSAGES, LANG } = environment
  const locale = LC_ALL || LC_MESSAGES || LANG || ''
  return /^zh\b|^zh_/i.test(locale) ? 'zh-CN' : 'en'
}
