import type { LoadResult } from '../load/load.ts'
import type { MixedRound, TwoWorkers, WallRound } from '../measure/two-workers.ts'
import { median, spread } from '../statistics.ts'
import { countText, millisecondsText, ratioText, spreadText, verdict } from './figures.ts'
import { type Table, tableText } from './table.ts'

/** A set's slowest hundredth may take this many times its middle. */
const LARGEST_TAIL = 15
const TAIL_ROW = 'set-secret'
/** The slowest hundredth of reads beside RSA on both cores. */
const LARGEST_READ_MS = 10

/** Two workers by the clock on the wall. */
export function wallReport({ rows, mixed }: TwoWorkers): string {
  const tail = rows.find(({ row }) => row.name === TAIL_ROW)
  return [
    '## Two workers, wall clock',
    '',
    tableText(speeds(rows)),
    '',
    '16 connections, the load generator on the same cores; beside it one worker that shares its',
    'only core with its load generator.',
    ...(tail === undefined ? [] : [tailText(tail.rounds)]),
    ...(mixed === undefined ? [] : [mixedText(mixed)]),
    '',
  ].join('\n')
}

function speeds(rows: TwoWorkers['rows']): Table {
  return {
    columns: [
      'row', 'two workers /s', 'one worker /s', 'ratio', '', 'target', '', 'p50 ms', 'p99 ms',
      'p99/p50',
    ],
    rows: rows.map(({ row, rounds }) => {
      const perRound = rounds.map(({ one, two }) => rate(two) / rate(one))
      return [
        row.name,
        countText(median(rounds.map(({ two }) => rate(two)))),
        countText(median(rounds.map(({ one }) => rate(one)))),
        ratioText(median(perRound)),
        spreadText(spread(perRound)),
        row.twoWorkersTarget === undefined ? '' : ratioText(row.twoWorkersTarget),
        row.twoWorkersTarget === undefined
          ? ''
          : verdict(median(perRound) >= row.twoWorkersTarget),
        millisecondsText(median(rounds.map(({ two }) => two.p50Ms))),
        millisecondsText(median(rounds.map(({ two }) => two.p99Ms))),
        tailOf(rounds).toFixed(1),
      ]
    }),
  }
}

function mixedText(rounds: readonly MixedRound[]): string {
  const p99 = median(rounds.map(({ reads }) => reads.p99Ms))
  const reads = countText(median(rounds.map((round) => rate(round.reads))))
  const signatures = countText(median(rounds.map((round) => rate(round.signatures))))
  return (
    `While 16 connections sign with RSA on both cores (${signatures} a second), 8 others read ` +
    `secrets (${reads} a second) with p99 ${millisecondsText(p99)} ms; target: under ` +
    `${LARGEST_READ_MS} ms (${verdict(p99 < LARGEST_READ_MS)}).`
  )
}

function tailText(rounds: readonly WallRound[]): string {
  const tail = tailOf(rounds)
  return (
    `${TAIL_ROW}: p99 is ${tail.toFixed(1)} times p50; target: at most ${LARGEST_TAIL} times ` +
    `(${verdict(tail <= LARGEST_TAIL)}).`
  )
}

function tailOf(rounds: readonly WallRound[]): number {
  return median(rounds.map(({ two }) => two.p99Ms / two.p50Ms))
}

function rate({ requests, seconds }: Pick<LoadResult, 'requests' | 'seconds'>): number {
  return requests / seconds
}
