import {
  Fault,
  type EncryptionAlgorithm,
  type SignatureAlgorithm,
  type WrapAlgorithm,
} from '@claviger/vault'

// The names of this wire for what the domain names as JOSE does; null is not offered at this door.

const SIGNATURE_NAMES: Readonly<Record<SignatureAlgorithm, string | null>> = {
  RS256: 'RS256',
  RS384: 'RS384',
  RS512: 'RS512',
  RSNULL: 'RSNULL',
  PS256: 'PS256',
  PS384: 'PS384',
  PS512: 'PS512',
  ES256: 'ES256',
  ES384: 'ES384',
  ES512: 'ES512',
  ES256K: 'ES256K',
  HS256: 'HS256',
  HS384: 'HS384',
  HS512: 'HS512',
  EdDSA: 'EdDSA',
  'SM2-SM3': null,
}

const ENCRYPTION_NAMES: Readonly<Record<EncryptionAlgorithm, string | null>> = {
  RSA1_5: 'RSA1_5',
  'RSA-OAEP': 'RSA-OAEP',
  'RSA-OAEP-256': 'RSA-OAEP-256',
  A128GCM: 'A128GCM',
  A192GCM: 'A192GCM',
  A256GCM: 'A256GCM',
  A128CBC: 'A128CBC',
  A192CBC: 'A192CBC',
  A256CBC: 'A256CBC',
  A128CBCPAD: 'A128CBCPAD',
  A192CBCPAD: 'A192CBCPAD',
  A256CBCPAD: 'A256CBCPAD',
  A128ECB: null,
  A192ECB: null,
  A256ECB: null,
  A128ECBPAD: null,
  A192ECBPAD: null,
  A256ECBPAD: null,
  'SM4-GCM': null,
  'SM4-CBC': null,
  'SM4-CBC-PAD': null,
  'SM4-ECB': null,
  'SM4-ECB-PAD': null,
  SM2PKE: null,
}

const WRAP_NAMES: Readonly<Record<WrapAlgorithm, string | null>> = {
  RSA1_5: 'RSA1_5',
  'RSA-OAEP': 'RSA-OAEP',
  'RSA-OAEP-256': 'RSA-OAEP-256',
  A128KW: 'A128KW',
  A192KW: 'A192KW',
  A256KW: 'A256KW',
}

/** @throws Fault InvalidInput for a name that is none. */
export function signatureAlgorithm(name: string): SignatureAlgorithm {
  return named(SIGNATURE_NAMES, name, 'signatures')
}

/** @throws Fault InvalidInput for a name that is none. */
export function encryptionAlgorithm(name: string): EncryptionAlgorithm {
  return named(ENCRYPTION_NAMES, name, 'encryption')
}

/** @throws Fault InvalidInput for a name that is none. */
export function wrapAlgorithm(name: string): WrapAlgorithm {
  return named(WRAP_NAMES, name, 'wrapping keys')
}

function named<Algorithm extends string>(
  names: Readonly<Record<Algorithm, string | null>>,
  wanted: string,
  purpose: string,
): Algorithm {
  const all = Object.entries(names) as [Algorithm, string | null][] // the entries of that record
  const found = all.find(([, name]) => name === wanted)
  if (found !== undefined) return found[0]
  const offered = all.flatMap(([, name]) => name ?? []).join(', ')
  const reason = `for ${purpose} it must be ${offered}`
  throw new Fault('InvalidInput', { property: 'alg', reason })
}
