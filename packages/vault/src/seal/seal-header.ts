/** Cost and salt of Argon2id (RFC 9106), as they stand in the seal record. */
export interface Argon2Parameters {
  readonly memoryKiB: number
  readonly passes: number
  readonly parallelism: number
  /** 16 octets, base64url. */
  readonly salt: string
}

/** What stands in clear in the seal record, all of it authenticated. */
export type SealHeader =
  | { readonly kind: 'file'; readonly keyId: string }
  | { readonly kind: 'passphrase'; readonly keyId: string; readonly argon2id: Argon2Parameters }

// Bounds on what is read back, because it is used before it can be authenticated: a changed header
// must not make the start run out of memory or time.
const BOUNDS = { memoryKiB: [8, 1_048_576], passes: [1, 64], parallelism: [1, 64] } as const
const KEY_ID = /^[0-9a-f]{32}$/
const SALT = /^[0-9A-Za-z_-]{22}$/

/** Reads a header; `undefined` when it is not one. */
export function parseSealHeader(json: string): SealHeader | undefined {
  let parsed: unknown
  try {
    parsed = JSON.parse(json)
  } catch {
    return undefined
  }
  const header = fieldsOf(parsed)
  const kind = header['kind']
  const keyId = header['keyId']
  if (typeof keyId !== 'string' || !KEY_ID.test(keyId)) return undefined
  if (kind === 'file') return { kind, keyId }
  if (kind !== 'passphrase') return undefined
  const argon2id = parseParameters(fieldsOf(header['argon2id']))
  return argon2id && { kind, keyId, argon2id }
}

function parseParameters(fields: Readonly<Record<string, unknown>>): Argon2Parameters | undefined {
  const memoryKiB = within(BOUNDS.memoryKiB, fields['memoryKiB'])
  const passes = within(BOUNDS.passes, fields['passes'])
  const parallelism = within(BOUNDS.parallelism, fields['parallelism'])
  const salt = fields['salt']
  if (memoryKiB === undefined || passes === undefined || parallelism === undefined) return undefined
  // RFC 9106 §3.1: at least 8 KiB for each lane.
  if (memoryKiB < 8 * parallelism || typeof salt !== 'string' || !SALT.test(salt)) return undefined
  return { memoryKiB, passes, parallelism, salt }
}

function within([low, high]: readonly [number, number], value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high
    ? value
    : undefined
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
