import { usageError } from './cli-error.ts'
import type { Say } from './language/messages.ts'

/** Reads `--tags a=b c=d`; a name alone has an empty value, and no word is no tags at all. */
export function readTags(
  pairs: readonly string[] | true | undefined,
  say: Say,
): Readonly<Record<string, string>> | undefined {
  if (pairs === undefined) return undefined
  const given = pairs === true ? [] : pairs.filter((pair) => pair !== '')
  return Object.fromEntries(
    given.map((tag) => {
      const [, name, value = ''] = /^([^=]+)=?(.*)$/s.exec(tag) ?? []
      if (name === undefined) throw usageError(say('badTag', { tag }))
      return [name, value]
    }),
  )
}

const TIME = /^(\d{4}-\d\d-\d\d)(?:T(\d\d)(:\d\d(?::\d\d)?)?(Z|[+-]\d\d:\d\d))?$/

/** Reads a time with its zone, as `az` has them; a day alone is its beginning in UTC. */
export function readTime(option: string, text: string | undefined, say: Say): Date | undefined {
  if (text === undefined) return undefined
  const [, day = '', hour = '00', minutes = ':00', zone = 'Z'] = TIME.exec(text) ?? []
  const time = new Date(`${day}T${hour}${minutes}${zone}`)
  if (isDay(day) && !Number.isNaN(time.getTime())) return time
  throw usageError(say('badTime', { option, text }))
}

/** Whether there is such a day: of 30 February the language makes 2 March. */
function isDay(day: string): boolean {
  const time = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day) && day !== ''
}

/** Reads a whole number within its limits. */
export function readNumber(
  option: string,
  text: string | undefined,
  limits: { readonly least: number; readonly most: number },
  say: Say,
): number | undefined {
  if (text === undefined) return undefined
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN
  if (number >= limits.least && number <= limits.most) return number
  throw usageError(say('badNumber', { option, text, ...limits }))
}

/** Reads a flag that may say `true` or `false`, as those of `az`. */
export function readFlag(
  option: string,
  text: string | true | undefined,
  say: Say,
): boolean | undefined {
  if (text === undefined || text === true) return text
  if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  throw usageError(say('badBoolean', { option, text }))
}

/** The two ways to say whether an object may be used. */
export interface EnabledOptions {
  readonly enabled?: string | true
  readonly disabled?: string | true
}

/** Reads `--enabled` or `--disabled`. @throws CliError when both are given. */
export function readEnabled(options: EnabledOptions, say: Say): boolean | undefined {
  const enabled = readFlag('--enabled', options.enabled, say)
  const disabled = readFlag('--disabled', options.disabled, say)
  if (disabled === undefined) return enabled
  if (enabled !== undefined) throw usageError(say('enabledAndDisabled'))
  return !disabled
}

/** What objects are made and changed with. */
export interface AttributeOptions extends EnabledOptions {
  readonly tags?: readonly string[] | true
  readonly expires?: string
  readonly notBefore?: string
}

/** The attributes that a command line gives; what it does not name stays as it is. */
export function readAttributes(options: AttributeOptions, say: Say): {
  readonly tags?: Readonly<Record<string, string>>
  readonly expiresOn?: Date
  readonly notBefore?: Date
  readonly enabled?: boolean
} {
  const tags = readTags(options.tags, say)
  const expiresOn = readTime('--expires', options.expires, say)
  const notBefore = readTime('--not-before', options.notBefore, say)
  const enabled = readEnabled(options, say)
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(expiresOn === undefined ? {} : { expiresOn }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(enabled === undefined ? {} : { enabled }),
  }
}
