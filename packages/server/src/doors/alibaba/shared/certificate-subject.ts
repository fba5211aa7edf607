import { Fault, joinName, splitName } from '@claviger/vault'
import { alibaba } from '@claviger/wire'

const DEMANDED = ['CN', 'C', 'O', 'OU'] as const

/**
 * A subject as the vault takes it: RFC 2253 §2.1 writes the last part of a name first, X.501 and
 * the vault have the first one first.
 * @throws Fault InvalidInput for what is no name; KmsRefusal InvalidParameter for one that lacks a
 *   part which the service demands.
 */
export function vaultSubject(subject: string): string {
  const name = splitName(subject)
  if ('problem' in name) {
    throw new Fault('InvalidInput', { property: 'Subject', reason: name.problem })
  }
  const types = new Set(name.parts.flat().map(({ type }) => type.toUpperCase()))
  const missing = DEMANDED.filter((type) => !types.has(type))
  if (missing.length === 0) return joinName(name.parts.toReversed())
  throw alibaba.shared.invalidParameter('Subject', `needs ${missing.join(', ')} too`)
}

/** The vault's subject as this wire writes it; one that cannot be read stays as it is. */
export function wireSubject(subject: string): string {
  const name = splitName(subject)
  return 'problem' in name ? subject : joinName(name.parts.toReversed())
}

/** A name as node:crypto writes it, a part to a line. */
export function wireName(lines: string): string {
  return lines.split('\n').toReversed().join(',')
}
