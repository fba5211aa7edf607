import { isFault, type CertificateRef } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { ActionContext } from './action.ts'

const PREFIX = 'cert-'
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const LONGEST_NAME = 127

/**
 * The certificate that an id names. One that was made at this wire has a UUID, which is its name
 * with a word before it; any other is named by its own name. All of them are in the home vault.
 */
export function certificateRef(
  { settings }: Pick<ActionContext, 'settings'>,
  id: string,
): CertificateRef {
  const name = UUID.test(id) ? `${PREFIX}${id.toLowerCase()}` : id
  // Longer ones are no names, and need not be in the audit whole.
  return { vault: settings.homeVault, name: name.slice(0, LONGEST_NAME + 1) }
}

/** The id by which this wire names a certificate. */
export function certificateId(name: string): string {
  const rest = name.toLowerCase().startsWith(PREFIX) ? name.slice(PREFIX.length) : ''
  return UUID.test(rest) ? rest.toLowerCase() : name
}

/** What can be no name is the name of nothing. */
export function noSuchName(thrown: unknown): never {
  if (isFault(thrown, 'NameInvalid')) throw new alibaba.shared.KmsRefusal('Certificate.NotFound')
  throw thrown
}
