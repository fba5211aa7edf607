import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { Row } from './rows/row.ts'
import { rowNamed, ROWS } from './rows.ts'

/** What a run does. */
export interface BenchOptions {
  readonly rows: readonly Row[]
  /** Compares a million secrets with ten thousand instead. */
  readonly million: boolean
  /** Compares our clients with the official ones instead. */
  readonly clients: boolean
  /** Writes docs/performance.md. */
  readonly write: boolean
  /** Whether the figures are only to show that the bench works. */
  readonly quick: boolean
  /** Rounds that the median is taken of. */
  readonly rounds: number
  /** Of each load; a part of the limit that is measured in process takes a quarter. */
  readonly seconds: number
  /** Where to write processor profiles of the server; they slow it down. */
  readonly profile: string | undefined
}

export const USAGE = [
  'npm run bench -- [--rows name,name] [--rounds 3] [--seconds 4] [--write]',
  'npm run bench -- --quick            half a minute, to see that it works',
  'npm run bench -- --million [--write] a million secrets beside ten thousand',
  'npm run bench -- --clients [--write] our clients beside the official ones',
  'npm run bench -- --profile folder   with processor profiles of the server',
].join('\n')

/** @throws Error with a sentence */
export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rows: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      million: { type: 'boolean', default: false },
      clients: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      profile: { type: 'string' },
    },
  })
  const { million, clients, quick, write, profile } = values
  if (write && (quick || profile !== undefined || values.rows !== undefined)) {
    const others = '--quick, --rows and --profile'
    throw new Error(`Only a whole run is written down: --write does not go with ${others}.`)
  }
  return {
    rows: values.rows === undefined ? ROWS : values.rows.split(',').map(rowNamed),
    million,
    clients,
    quick,
    write,
    // The server works in another folder than who types this.
    profile: profile === undefined ? undefined : resolve(profile),
    rounds: wholeNumber('--rounds', values.rounds ?? (quick ? '1' : '3')),
    seconds: wholeNumber('--seconds', values.seconds ?? (quick ? '1' : '4')),
  }
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value
  throw new Error(`${name} must be a whole number from 1 to 1000; it is ${JSON.stringify(text)}.`)
}
