import type { RowFigures, RowRound } from '../measure/per-processor.ts'
import { median, spread } from '../statistics.ts'
import { countText, millisecondsText, ratioText, spreadText, verdict } from './figures.ts'
import { type Table, tableText } from './table.ts'

const MICROSECONDS_PER_SECOND = 1_000_000

/** The limit of one round, in microseconds: what the answer costs at least, added up. */
export function limitOf({ bare, signature, operation, read, commit }: RowRound): number {
  return bare + signature + operation + read + commit
}

/** Rows beside their limits, and what the limits consist of. */
export function rowReport(figures: readonly RowFigures[]): string {
  return [
    '## Rows and their limits',
    '',
    tableText(ratios(figures)),
    '',
    'Both in answers per CPU-second of everything that takes part; the ratio is the median of the',
    "rounds' own ratios, ± half of their range. Latencies are those of 32 connections that are",
    'always busy, on one core with their load generator.',
    '',
    ...operations(figures),
    '### What the limits consist of, in microseconds of CPU',
    '',
    tableText(parts(figures)),
    '',
    ...figures
      .filter((one) => one.limitOf !== '')
      .map((one) => `- ${one.row.name}: ${one.limitOf}.`),
    '',
  ].join('\n')
}

function ratios(figures: readonly RowFigures[]): Table {
  return {
    columns: [
      'row', 'server /CPU-s', 'limit /CPU-s', 'ratio', '', 'target', '', 'p50 ms', 'p99 ms',
    ],
    rows: figures.map(({ row, rounds }) => {
      const perRound = rounds.map((round) => limitOf(round) / round.server)
      const ratio = median(perRound)
      return [
        row.name,
        countText(MICROSECONDS_PER_SECOND / median(rounds.map(({ server }) => server))),
        countText(MICROSECONDS_PER_SECOND / median(rounds.map(limitOf))),
        ratioText(ratio),
        spreadText(spread(perRound)),
        ratioText(row.target),
        verdict(ratio >= row.target),
        millisecondsText(median(rounds.map(({ p50Ms }) => p50Ms))),
        millisecondsText(median(rounds.map(({ p99Ms }) => p99Ms))),
      ]
    }),
  }
}

/** Rows whose operation is cryptography, beside that operation by itself. */
function operations(figures: readonly RowFigures[]): readonly string[] {
  const withOperation = figures.filter(({ row }) => row.operation !== undefined)
  if (withOperation.length === 0) return []
  return [
    '### The cryptography by itself',
    '',
    tableText({
      columns: [
        'row', 'server /CPU-s', 'operation in process /CPU-s', 'ratio', 'target', '',
        '`openssl speed` /s',
      ],
      rows: withOperation.map(operationLine),
    }),
    '',
    'In process: `node:crypto` with the key at hand, nothing else. `openssl` is the one of the',
    'machine, of another release than that of the runtime.',
    '',
  ]
}

function operationLine({ row, rounds, opensslPerSecond }: RowFigures): readonly string[] {
  const ratio = median(rounds.map((round) => round.operation / round.server))
  const target = row.operationTarget
  return [
    row.name,
    countText(MICROSECONDS_PER_SECOND / median(rounds.map(({ server }) => server))),
    countText(MICROSECONDS_PER_SECOND / median(rounds.map(({ operation }) => operation))),
    ratioText(ratio),
    target === undefined ? '' : ratioText(target),
    target === undefined ? '' : verdict(ratio >= target),
    opensslPerSecond === undefined ? '' : countText(opensslPerSecond),
  ]
}

function parts(figures: readonly RowFigures[]): Table {
  return {
    columns: [
      'row', 'node:https', 'signature', 'cryptography', 'store read', 'commit with audit', 'limit',
      'server', 'of it primary',
    ],
    rows: figures.map(({ row, rounds }) => [
      row.name,
      ...[
        (round: RowRound) => round.bare,
        (round: RowRound) => round.signature,
        (round: RowRound) => round.operation,
        (round: RowRound) => round.read,
        (round: RowRound) => round.commit,
        limitOf,
        (round: RowRound) => round.server,
        (round: RowRound) => round.primary,
      ].map((part) => median(rounds.map(part)).toFixed(1)),
    ]),
  }
}
