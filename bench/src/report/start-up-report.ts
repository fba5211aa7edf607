import type { Start, StartUp } from '../measure/start-up.ts'
import { median } from '../statistics.ts'
import { megabytesText, millisecondsText, ratioText, verdict } from './figures.ts'
import { tableText } from './table.ts'

const READY_WITHIN_MS = 700
const WORKER_BYTES = 120_000_000

/** Start-up and memory, beside their targets and beside the runtime with nothing to do. */
export function startUpReport(
  { empty, filled, runtimeMs, idle }: StartUp,
  secrets: number,
  workersAfterLoad: readonly number[],
): string {
  const start = (name: string, starts: readonly Start[]): readonly string[] => {
    const ms = median(starts.map(({ readyMs }) => readyMs))
    const part = ms / READY_WITHIN_MS
    return [
      name,
      `${millisecondsText(ms)} ms`,
      `${READY_WITHIN_MS} ms`,
      ratioText(part),
      verdict(part <= 1),
      `${millisecondsText(median(runtimeMs))} ms`,
    ]
  }
  const processorMs = median(empty.map(({ readyProcessorMs }) => readyProcessorMs))
  const memory = (name: string, bytes: number, target?: number): readonly string[] => [
    name,
    `${megabytesText(bytes)} MB`,
    target === undefined ? '' : `${megabytesText(target)} MB`,
    target === undefined ? '' : ratioText(bytes / target),
    target === undefined ? '' : verdict(bytes <= target),
    `${megabytesText(idle.runtime)} MB`,
  ]
  return [
    '## Start-up and memory',
    '',
    tableText({
      columns: ['', 'measured', 'target', 'part of it', '', 'the runtime alone'],
      rows: [
        start('ready, empty store', empty),
        start(`ready, ${secrets} secrets`, filled),
        memory('idle worker', Math.max(...idle.workers), WORKER_BYTES),
        memory('idle primary', idle.primary),
        memory('supervisor', idle.supervisor),
        ...(workersAfterLoad.length === 0
          ? []
          : [memory('worker after load', Math.max(...workersAfterLoad))]),
      ],
    }),
    '',
    `Started with no settings but the ports: ${idle.workers.length} workers. From the start of the`,
    'runtime to the ready banner, by when all processes together had used',
    `${millisecondsText(processorMs)} ms of CPU on the empty store. Of the workers the largest;`,
    'resident memory counts the pages of the program that all processes share in each of them; MB',
    'is a million octets.',
    '',
  ].join('\n')
}
