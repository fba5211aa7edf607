import { isRecord, type JsonRecord, type JsonValue } from './json-value.ts'
import { shellWord } from './shell-word.ts'

/**
 * Lines that a POSIX shell reads: a secret by its own name, `db-password` as `DB_PASSWORD`; of any
 * other record each plain member, of a list one record after the other.
 */
export function variables(value: JsonValue): string {
  if (Array.isArray(value)) {
    return (value as readonly JsonValue[]).map(variables).filter((text) => text !== '').join('\n')
  }
  if (!isRecord(value)) return value === null ? '' : line('VALUE', value as string)
  const { name, value: secret } = value
  if (typeof name === 'string' && typeof secret === 'string') return line(name, secret)
  return members(value).join('\n')
}

function members(record: JsonRecord): readonly string[] {
  return Object.entries(record).flatMap(([name, value]) =>
    value === undefined || value === null || typeof value === 'object' ? [] : [line(name, value)],
  )
}

function line(name: string, value: string | number | boolean): string {
  return `${variableName(name)}=${shellWord(String(value))}`
}

/** `dbPassword` and `db-password` as `DB_PASSWORD`. */
function variableName(name: string): string {
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').replaceAll(/[^A-Za-z0-9]/g, '_')
  const upper = words.toUpperCase()
  return /^[0-9]/.test(upper) ? `_${upper}` : upper
}
