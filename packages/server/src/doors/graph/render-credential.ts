import type { CredentialSummary } from '@claviger/vault'
import { graphDate } from './graph-date.ts'

/** A secret as its application shows it: never again with its text. */
export function passwordCredentialOf(credential: CredentialSummary): object {
  const { id, displayName, hint, createdAt } = credential
  return {
    customKeyIdentifier: null,
    displayName,
    endDateTime: endOf(credential),
    hint,
    keyId: id,
    secretText: null,
    startDateTime: graphDate(createdAt),
  }
}

/** A certificate as its application shows it: by its thumbprint. */
export function keyCredentialOf(credential: CredentialSummary): object {
  const { id, displayName, hint, createdAt } = credential
  return {
    customKeyIdentifier: Buffer.from(hint, 'base64url').toString('hex').toUpperCase(),
    displayName: displayName === '' ? null : displayName,
    endDateTime: endOf(credential),
    key: null,
    keyId: id,
    startDateTime: graphDate(createdAt),
    type: 'AsymmetricX509Cert',
    usage: 'Verify',
  }
}

/** A federated credential, whose name is its display name. */
export function federatedCredentialOf({ id, displayName, trust }: CredentialSummary): object {
  return {
    id,
    name: displayName,
    issuer: trust?.issuer ?? null,
    subject: trust?.subject ?? null,
    description: trust?.description ?? null,
    audiences: trust?.audiences ?? [],
  }
}

/** Both kinds of credential that objects show. */
export function credentialsOf(credentials: readonly CredentialSummary[]): {
  readonly keyCredentials: readonly object[]
  readonly passwordCredentials: readonly object[]
} {
  return {
    keyCredentials: credentials.filter(({ kind }) => kind === 'certificate').map(keyCredentialOf),
    passwordCredentials: credentials
      .filter(({ kind }) => kind === 'secret')
      .map(passwordCredentialOf),
  }
}

function endOf({ expiresAt }: CredentialSummary): string | null {
  return expiresAt === undefined ? null : graphDate(expiresAt)
}
