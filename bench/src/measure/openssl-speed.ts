import { spawnSync } from 'node:child_process'
import { findProgram } from '@claviger/conformance/src/machine/find-program.ts'
import type { BenchMachine } from '../machine/bench-machine.ts'
import { pinned } from '../machine/pinned.ts'
import type { OpensslSpeed } from '../rows/row.ts'

const SECONDS = '2'

/**
 * What the machine's own `openssl speed` does in a second of the processor, on the core of the
 * bench; `undefined` where there is no openssl, or one that says something else.
 */
export function opensslSpeed(
  machine: BenchMachine,
  { arguments: args, figure }: OpensslSpeed,
): number | undefined {
  const found = findProgram('openssl')
  if (!('path' in found)) return undefined
  const [command, ...rest] = pinned(machine, 'one core', [
    found.path, 'speed', '-mr', '-seconds', SECONDS, ...args,
  ])
  const { stdout, status } = spawnSync(command, rest, { encoding: 'utf8', stdio: 'pipe' })
  return status === 0 ? readSpeed(stdout, figure, Number(args[1])) : undefined
}

/**
 * Reads the machine-readable form: `+F2` for RSA and `+F4` for ECDSA with signatures and checks a
 * second (older releases: seconds for one), `+F` for a cipher with octets a second.
 */
export function readSpeed(
  output: string,
  figure: OpensslSpeed['figure'],
  bytes: number,
): number | undefined {
  const mark = { 'rsa sign': '+F2', 'rsa verify': '+F2', 'ecdsa sign': '+F4', evp: '+F' }[figure]
  const fields = output.split('\n').map((line) => line.split(':')).find(([first]) => first === mark)
  if (fields === undefined) return undefined
  const value = Number(figure === 'rsa verify' ? fields[4] : fields[3])
  if (!(value > 0)) return undefined
  if (figure === 'evp') return value / bytes
  return value < 1 ? 1 / value : value
}
