/** A table of a report; the first column is text, the others are figures. */
export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** The table in Markdown, with columns as wide as their content: it is read on a terminal too. */
export function tableText({ columns, rows }: Table): string {
  const widths = columns.map((column, index) => {
    const cells = [column, ...rows.map((row) => row[index] ?? '')]
    return Math.max(...cells.map((text) => text.length), 3)
  })
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, index) => pad(cells[index] ?? '', width, index)).join(' | ')} |`
  const rule = widths.map((width, index) =>
    index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  )
  return [line(columns), line(rule), ...rows.map(line)].join('\n')
}

function pad(text: string, width: number, column: number): string {
  return column === 0 ? text.padEnd(width) : text.padStart(width)
}
