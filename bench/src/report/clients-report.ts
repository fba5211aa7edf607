import type { ClientFigures, Side, Slice } from '../clients/measure-clients.ts'
import { median } from '../statistics.ts'
import { tableText } from './table.ts'

/** What our clients cost beside the official ones. */
export function clientsReport(figures: ClientFigures): string {
  const { slices, importMs, installed } = figures
  const rows = [...new Set(slices.map(({ row }) => row))].flatMap((row) => [
    compared(`${row}: calls a second`, (side) => callsPerSecond(slices, row, side), 0),
    compared(`${row}: µs of CPU a call`, (side) => processorMicroseconds(slices, row, side), 0),
  ])
  const table = tableText({
    columns: ['', 'official', 'ours', 'ours : official'],
    rows: [
      ...rows,
      compared('ms to import', (side) => median(importMs[side]), 1),
      compared('MB installed', (side) => installed[side].bytes / 1e6, 2),
      compared('packages installed', (side) => installed[side].packages, 0),
    ],
  })
  return [
    '## Clients',
    '',
    'Our Azure clients beside `@azure/identity` and `@azure/keyvault-*`, over the same server, in',
    'short slices that take turns in one process; medians. Server and client share a core, so calls',
    'a second are what both cost together; CPU is that of the client alone. Imported and installed',
    'are credentials, secrets, keys and certificates.',
    '',
    table,
  ].join('\n')
}

function compared(
  what: string,
  of: (side: Side) => number,
  digits: number,
): readonly string[] {
  const [official, ours] = [of('official'), of('ours')]
  return [what, official.toFixed(digits), ours.toFixed(digits), (ours / official).toFixed(2)]
}

function callsPerSecond(slices: readonly Slice[], row: string, side: Side): number {
  const of = slices.filter((slice) => slice.row === row && slice.side === side)
  return median(of.map(({ calls, milliseconds }) => (calls / milliseconds) * 1000))
}

function processorMicroseconds(slices: readonly Slice[], row: string, side: Side): number {
  const of = slices.filter((slice) => slice.row === row && slice.side === side)
  return median(of.map(({ calls, processorMicroseconds }) => processorMicroseconds / calls))
}
