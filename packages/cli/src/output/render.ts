import type { JsonValue } from './json-value.ts'
import { type Columns, table } from './table.ts'
import { tsv } from './tsv.ts'
import { variables } from './variables.ts'
import { plainJson } from './visible.ts'

/** The forms that `--output` takes. */
export const OUTPUTS = ['table', 'json', 'tsv', 'env', 'none'] as const

export type Output = (typeof OUTPUTS)[number]

/** The text of a result, with its line end; empty when there is nothing to say. */
export function render(value: JsonValue, output: Output, columns: Columns): string {
  if (value === null && output !== 'json') return ''
  const text = rendered(value, output, columns)
  return text === '' ? '' : `${text}\n`
}

function rendered(value: JsonValue, output: Output, columns: Columns): string {
  switch (output) {
    case 'json':
      return plainJson(JSON.stringify(value, null, 2))
    case 'tsv':
      return tsv(value)
    case 'env':
      return variables(value)
    case 'table':
      return table(value, columns)
    case 'none':
      return ''
  }
}
