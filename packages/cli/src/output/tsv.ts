import { isRecord, type JsonValue } from './json-value.ts'

/**
 * Values without names, a tab between them and a line for each record. A single text comes as it is,
 * for a shell to keep; within a row, tabs and line ends become `\t` and `\n`.
 */
export function tsv(value: JsonValue): string {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(row).join('\n')
  return isRecord(value) ? row(value) : plain(value)
}

function row(value: JsonValue): string {
  const cells: readonly (JsonValue | undefined)[] = Array.isArray(value)
    ? (value as readonly JsonValue[])
    : isRecord(value)
      ? Object.values(value)
      : [value]
  return cells.map((one) => escaped(plain(one))).join('\t')
}

function plain(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function escaped(text: string): string {
  return text.replaceAll('\t', '\\t').replaceAll('\r', '\\r').replaceAll('\n', '\\n')
}
