import type { MillionFigures } from '../measure/million.ts'
import { median, spread } from '../statistics.ts'
import {
  countText,
  megabytesText,
  millisecondsText,
  ratioText,
  spreadText,
  verdict,
} from './figures.ts'
import { tableText } from './table.ts'

const MICROSECONDS_PER_SECOND = 1_000_000
/** What is left of the speed with a hundred times as many secrets. */
const TARGET = 0.5
const WORKER_BYTES = 250_000_000

/** What a million secrets cost more than `secrets`. */
export function millionReport(figures: MillionFigures, secrets: number): string {
  const { rows, fewMemory, manyMemory, fewReadyMs, manyReadyMs, fillSeconds } = figures
  return [
    `## A million secrets beside ${countText(secrets)}`,
    '',
    tableText({
      columns: [
        'row', 'million /CPU-s', `${countText(secrets)} /CPU-s`, 'ratio', '', 'target', '',
        'million p99 ms', `${countText(secrets)} p99 ms`,
      ],
      rows: rows.map(({ row, rounds }) => {
        const perRound = rounds.map(({ few, many }) => few.microseconds / many.microseconds)
        const ratio = median(perRound)
        const perSecond = (side: 'few' | 'many'): string =>
          countText(MICROSECONDS_PER_SECOND / median(rounds.map((one) => one[side].microseconds)))
        return [
          row.name, perSecond('many'), perSecond('few'), ratioText(ratio),
          spreadText(spread(perRound)), ratioText(TARGET), verdict(ratio >= TARGET),
          millisecondsText(median(rounds.map(({ many }) => many.p99Ms))),
          millisecondsText(median(rounds.map(({ few }) => few.p99Ms))),
        ]
      }),
    }),
    '',
    `- One worker after its load: ${megabytesText(manyMemory)} MB, beside ` +
      `${megabytesText(fewMemory)} MB (target: at most ${megabytesText(WORKER_BYTES)} MB, ` +
      `${verdict(manyMemory <= WORKER_BYTES)}).`,
    `- Ready after ${millisecondsText(manyReadyMs)} ms, beside ${millisecondsText(fewReadyMs)} ms; ` +
      'one worker, pinned.',
    `- Filled in process in ${countText(fillSeconds)} s, each secret audited and committed.`,
    '',
  ].join('\n')
}
