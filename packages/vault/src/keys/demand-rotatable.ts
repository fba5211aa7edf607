import { Fault } from '../fault.ts'
import type { KeyVersion } from './key.ts'

/** What of a version says whether it can have a successor. */
export interface Rotatable extends Pick<KeyVersion, 'name' | 'spec'> {
  readonly external?: true | undefined
}

/** @throws Fault KeyNotRotatable for a key that must keep the version it has. */
export function demandRotatable(version: Rotatable): void {
  const reason = reasonAgainst(version)
  if (reason !== undefined) throw new Fault('KeyNotRotatable', { name: version.name, reason })
}

function reasonAgainst({ spec, external }: Rotatable): string | undefined {
  if (external === true) return 'its material comes from elsewhere, and the next one would have to'
  if (spec.type === 'HMAC') return 'codes name no version of their key, so none could be verified'
  return undefined
}
