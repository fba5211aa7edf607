import type { DecisionFigures } from '../measure/decision.ts'
import { median, spread } from '../statistics.ts'
import { countText, ratioText, spreadText, verdict } from './figures.ts'
import { tableText } from './table.ts'

const MICROSECONDS_PER_SECOND = 1_000_000
/** What is left of the speed with ten thousand times as many assignments. */
const TARGET = 0.7

/** What a decision costs with more assignments, beside one. */
export function decisionReport(figures: readonly DecisionFigures[]): string {
  const [one] = figures
  return [
    '## The decision about access',
    '',
    tableText({
      columns: ['assignments', 'allowed /CPU-s', 'ratio', '', 'denied /CPU-s', 'ratio', '', 'target', ''],
      rows: figures.map((row) => {
        const ofAllowed = ratios(one?.allowed ?? [], row.allowed)
        const ofDenied = ratios(one?.denied ?? [], row.denied)
        const isMet = Math.min(median(ofAllowed), median(ofDenied)) >= TARGET
        return [
          countText(row.assignments),
          perSecond(row.allowed), ratioText(median(ofAllowed)), spreadText(spread(ofAllowed)),
          perSecond(row.denied), ratioText(median(ofDenied)), spreadText(spread(ofDenied)),
          ratioText(TARGET), verdict(isMet),
        ]
      }),
    }),
    '',
    'Decisions in process about one secret, for a principal that has a role at so many secrets, each',
    'by an assignment of its own; the ratio is to the first row. What the audit says of a denial',
    'besides is not in it: for that, no more than 64 assignments are looked at.',
    '',
  ].join('\n')
}

function ratios(ofOne: readonly number[], ofMany: readonly number[]): readonly number[] {
  return ofMany.map((many, round) => (ofOne[round] ?? many) / many)
}

function perSecond(microseconds: readonly number[]): string {
  return countText(MICROSECONDS_PER_SECOND / median(microseconds))
}
