import { randomUUID } from 'node:crypto'
import { loadX509 } from '../certificates/load-x509.ts'
import type { KeyHandle, NewKey } from '../crypto/provider.ts'
import { credentialKey, type ClientKeyCredential } from '../directory/credential.ts'
import { signingKeyIndexKey, type SigningKeyIndex } from '../directory/signing-key-index.ts'
import { invalidInput } from '../invalid-input.ts'
import { addDuration } from '../keys/duration.ts'
import type { OperationContext } from '../operation.ts'
import { Secret } from '../seal/secret.ts'
import type { EpochSeconds } from '../time.ts'
import type { AccessPoint } from './access-point.ts'

const KEY = { type: 'RSA', bits: 2048, publicExponent: 65_537 } as const
const FIVE_YEARS = { months: 60, seconds: 0 }
/** 9999-12-31T23:59:59Z, where the clock of X.509 ends. */
const LAST_SECOND = 253_402_300_799

/** From when until when a client key may be used. */
export interface ClientKeyValidity {
  /** Now, when not given. */
  readonly notBefore?: EpochSeconds
  /** Five years from now, when not given. */
  readonly notAfter?: EpochSeconds
}

/** A client key that was just made; its private key is given out with it and kept nowhere. */
export interface NewClientKey {
  readonly credential: ClientKeyCredential
  /** DER, signed by the key itself. */
  readonly certificate: Uint8Array
  /** PKCS #8 in DER; the caller wipes it. */
  readonly privateKey: Secret
}

/**
 * Makes a client key and puts its public half into the unit of work. The caller touches the epoch.
 * @throws Fault InvalidInput for a validity that is none or over; ProviderUnavailable where keys
 *   cannot leave the provider.
 */
export async function putNewClientKey(
  context: Pick<OperationContext, 'unit' | 'provider' | 'once' | 'now'>,
  tenant: string,
  { name, principal }: AccessPoint,
  validity: ClientKeyValidity,
): Promise<NewClientKey> {
  const { unit, now } = context
  const { notBefore = now, notAfter = addDuration(now, FIVE_YEARS) } = validity
  demandValidity(notBefore, notAfter, now)
  const { id, certificate, privateKey, ...valid } = await context.once({
    make: () => makePair(context, name, { notBefore, notAfter }),
    undo: async (made) => made.privateKey.wipe(),
    // It is the answer.
    release: () => undefined,
  })
  const credential: ClientKeyCredential = {
    kind: 'clientKey',
    id,
    displayName: name,
    createdAt: now,
    clientKeyId: `KAAP.${id}`,
    certificate: certificate.toBase64(),
    notBefore: valid.notBefore,
    expiresAt: valid.notAfter,
    enabled: true,
  }
  unit.create<ClientKeyCredential>(credentialKey(tenant, principal, id), { meta: credential })
  unit.create<SigningKeyIndex>(signingKeyIndexKey(credential.clientKeyId), {
    meta: { tenant, principal, credential: id },
  })
  return { credential, certificate, privateKey }
}

function demandValidity(
  notBefore: EpochSeconds,
  notAfter: EpochSeconds,
  now: EpochSeconds,
): void {
  for (const [property, time] of Object.entries({ notBefore, notAfter })) {
    if (Number.isSafeInteger(time) && time >= 0 && time <= LAST_SECOND) continue
    throw invalidInput(property, 'it must be whole seconds since 1970-01-01T00:00:00Z')
  }
  if (notAfter <= notBefore) throw invalidInput('notAfter', 'it must be later than notBefore')
  if (notAfter <= now) throw invalidInput('notAfter', 'it must be a time to come')
}

interface Pair extends Required<ClientKeyValidity> {
  readonly id: string
  readonly certificate: Uint8Array
  readonly privateKey: Secret
}

async function makePair(
  { provider }: Pick<OperationContext, 'provider'>,
  name: string,
  validity: Required<ClientKeyValidity>,
): Promise<Pair> {
  const id = randomUUID()
  const { selfSignedCertificate } = await loadX509()
  const made = await provider.create(KEY)
  const key = handleOf(id, made)
  try {
    const properties = {
      // What the vendor's own client keys say; programs are not known to look.
      subject: `C=CN, ST=Zhejiang, L=Hangzhou, O=Alibaba, OU=Aliyun, CN=${name}`,
      alternativeNames: {},
      ekus: [],
      keyUsage: ['digitalSignature'],
      validityMonths: FIVE_YEARS.months,
    } as const
    const certificate = await selfSignedCertificate(provider, { properties, key, ...validity })
    return { id, certificate, privateKey: await provider.exportPrivateKey(key), ...validity }
  } finally {
    await provider.destroy(key)
    made.material.wipe()
  }
}

function handleOf(id: string, { spec, publicKey, material }: NewKey): KeyHandle {
  return {
    id: `client-key/${id}`,
    spec,
    ...(publicKey === undefined ? {} : { publicKey }),
    // The provider wipes what it is given, and the private key is exported after it has signed.
    load: async () => new Secret(Uint8Array.from(material.reveal())),
  }
}
