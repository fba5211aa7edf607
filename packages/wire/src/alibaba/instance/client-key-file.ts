/** A client key as its owner gets it. The password of the PKCS #12 travels apart from it. */
export interface ClientKeyFile {
  /** `KAAP.` and a UUID. */
  readonly keyId: string
  readonly pkcs12: Uint8Array
}

/** A text is not the file of a client key. Nothing of its content is in the reason. */
export class MalformedClientKeyFile extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options)
    this.name = 'MalformedClientKeyFile'
  }
}

/** Such a file has about 4,000 characters. */
const LONGEST_FILE = 65_536

/** The file as the vendor's clients read it, and as their `client_key_content`. */
export function writeClientKeyFile({ keyId, pkcs12 }: ClientKeyFile): string {
  return JSON.stringify({ KeyId: keyId, PrivateKeyData: pkcs12.toBase64() })
}

/** @throws MalformedClientKeyFile */
export function readClientKeyFile(text: string): ClientKeyFile {
  if (text.length > LONGEST_FILE) throw new MalformedClientKeyFile('it is too long')
  const members = membersOf(parse(text))
  const keyId = members.get('KeyId')
  const data = members.get('PrivateKeyData')
  if (typeof keyId !== 'string' || keyId === '') {
    throw new MalformedClientKeyFile('its KeyId must be a string')
  }
  if (typeof data !== 'string' || data === '') {
    throw new MalformedClientKeyFile('its PrivateKeyData must be a string')
  }
  return { keyId, pkcs12: decode(data) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
    throw new MalformedClientKeyFile('it is no JSON')
  }
}

function membersOf(value: unknown): ReadonlyMap<string, unknown> {
  if (typeof value === 'object' && value !== null) return new Map(Object.entries(value))
  throw new MalformedClientKeyFile('it must be a JSON object')
}

function decode(base64: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(base64)
  } catch (cause) {
    throw new MalformedClientKeyFile('its PrivateKeyData must be base64', { cause })
  }
}
