import { randomUUID } from 'node:crypto'
import { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { credentialKey, type AccessKeyCredential } from './credential.ts'
import { randomText } from './random-text.ts'
import { signingKeyIndexKey, type SigningKeyIndex } from './signing-key-index.ts'

const ID_CHARACTERS = 20
/** 178 bits. */
const SECRET_CHARACTERS = 30

/** An access key that was just made; its secret is shown this once. */
export interface NewAccessKey {
  readonly credential: AccessKeyCredential
  readonly secret: Secret
}

/**
 * Makes an access key and puts it into the unit of work: an id, and a secret that requests are
 * signed with by HMAC, so that it is kept, sealed. The caller touches the epoch.
 */
export function putAccessKey(
  unit: UnitOfWork,
  tenant: string,
  principal: string,
  { displayName, now }: { readonly displayName: string; readonly now: EpochSeconds },
): NewAccessKey {
  const credential: AccessKeyCredential = {
    kind: 'accessKey',
    id: randomUUID(),
    displayName,
    createdAt: now,
    accessKeyId: `LTAI${randomText(ID_CHARACTERS)}`,
    enabled: true,
  }
  const secret = Secret.fromText(randomText(SECRET_CHARACTERS))
  const key = credentialKey(tenant, principal, credential.id)
  unit.create<AccessKeyCredential>(key, { meta: credential, secret })
  unit.create<SigningKeyIndex>(signingKeyIndexKey(credential.accessKeyId), {
    meta: { tenant, principal: principal.toLowerCase(), credential: credential.id },
  })
  return { credential, secret }
}
