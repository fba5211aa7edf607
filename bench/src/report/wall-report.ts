import type { LoadResult } from '../load/load.ts'
import type { TwoWorkers, WallRound } from '../measure/two-workers.ts'
import { median, spread } from '../statistics.ts'
import { countText, millisecondsText, ratioText, spreadText, verdict } from './figures.ts'
import { type Table, tableText } from './table.ts'

/** A set's slowest hundredth may take this many times its middle. */
const LARGEST_TAIL = 15
const TAIL_ROW = 'set-secret'

/** Two workers by the clock on the wall. */
export function wallReport({ rows }: TwoWorkers): string {
  const tail = rows.find(({ row }) => row.name === TAIL_ROW)
  return [
    '## Two workers, wall clock',
    '',
    tableText(speeds(rows)),
    '',
    '16 connections, the load generator on the same cores; beside it one worker that shares its',
    'only core with its load generator.',
    ...(tail === undefined ? [] : [tailText(tail.rounds)]),
    '',
  ].join('\n')
}

function speeds(rows: TwoWorkers['rows']): Table {
  return {
    columns: ['row', 'two workers /s', 'one worker /s', 'ratio', '', 'p50 ms', 'p99 ms', 'p99/p50'],
    rows: rows.map(({ row, rounds }) => {
      const perRound = rounds.map(({ one, two }) => rate(two) / rate(one))
      return [
        row.name,
        countText(median(rounds.map(({ two }) => rate(two)))),
        countText(median(rounds.map(({ one }) => rate(one)))),
        ratioText(median(perRound)),
        spreadText(spread(perRound)),
        millisecondsText(median(rounds.map(({ two }) => two.p50Ms))),
        millisecondsText(median(rounds.map(({ two }) => two.p99Ms))),
        tailOf(rounds).toFixed(1),
      ]
    }),
  }
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
