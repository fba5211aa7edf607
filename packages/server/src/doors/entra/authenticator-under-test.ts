import { generateKeyPairSync, hash, randomBytes, sign, type KeyObject } from 'node:crypto'

const PRESENT = 0x01
const VERIFIED = 0x04
const ATTESTED = 0x40

/** What a test changes of an honest authenticator or browser. */
export interface Dishonesty {
  readonly origin?: string
  readonly rpId?: string
  readonly challenge?: string
  readonly counter?: number
  readonly flags?: number
}

/** An authenticator as the WebAuthn specification has it, with one ES256 passkey. */
export class Authenticator {
  readonly id = randomBytes(16).toString('base64url')
  readonly #privateKey: KeyObject
  readonly #coseKey: Buffer
  #userHandle = ''
  #counter = 0

  constructor() {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    this.#privateKey = privateKey
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    // RFC 9053 §7.1.1: kty EC2, alg ES256, crv P-256, x, y.
    this.#coseKey = Buffer.concat([
      Buffer.from('a5010203262001215820', 'hex'),
      Buffer.from(x, 'base64url'),
      Buffer.from('225820', 'hex'),
      Buffer.from(y, 'base64url'),
    ])
  }

  /** Answers `navigator.credentials.create`, whose options are JSON. */
  create(options: string, changed: Dishonesty = {}): string {
    const { challenge, rp, user } = JSON.parse(options)
    this.#userHandle = user.id
    const id = Buffer.from(this.id, 'base64url')
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.byteLength)
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.#coseKey])
    const data = this.#data(changed.rpId ?? rp.id, (changed.flags ?? PRESENT | VERIFIED) | ATTESTED, 0)
    const authData = Buffer.concat([data, attested])
    const size = Buffer.from([0x58, authData.byteLength])
    const attestationObject = Buffer.concat([
      Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'),
      size,
      authData,
    ])
    const clientDataJSON = clientData('webauthn.create', challenge, changed)
    return this.#answer({
      clientDataJSON: clientDataJSON.toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['internal'],
    })
  }

  /** Answers `navigator.credentials.get`, whose options are JSON. */
  get(options: string, changed: Dishonesty = {}): string {
    const { challenge, rpId } = JSON.parse(options)
    this.#counter = changed.counter ?? this.#counter + 1
    const flags = changed.flags ?? PRESENT | VERIFIED
    const authenticatorData = this.#data(changed.rpId ?? rpId, flags, this.#counter)
    const clientDataJSON = clientData('webauthn.get', challenge, changed)
    const signed = Buffer.concat([authenticatorData, hash('sha256', clientDataJSON, 'buffer')])
    return this.#answer({
      clientDataJSON: clientDataJSON.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: sign('sha256', signed, this.#privateKey).toString('base64url'),
      userHandle: this.#userHandle,
    })
  }

  #data(rpId: string, flags: number, counter: number): Buffer {
    const rest = Buffer.alloc(5)
    rest.writeUInt8(flags, 0)
    rest.writeUInt32BE(counter, 1)
    return Buffer.concat([hash('sha256', rpId, 'buffer'), rest])
  }

  #answer(response: object): string {
    const { id } = this
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response })
  }
}

function clientData(type: string, challenge: string, changed: Dishonesty): Buffer {
  const { origin = 'https://login.localhost:8443' } = changed
  return Buffer.from(JSON.stringify({ type, challenge: changed.challenge ?? challenge, origin }))
}
