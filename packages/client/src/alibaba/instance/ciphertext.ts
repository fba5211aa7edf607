import { UnexpectedAnswerError } from '../../core/index.ts'
import { utf8 } from '../digest.ts'
import { invalidParameter } from './transfer.ts'

type Octets = Uint8Array<ArrayBuffer>

const KEY_VERSION_ID_LENGTH = 36
const HEAD_LENGTH = KEY_VERSION_ID_LENGTH + 12

/** Before a ciphertext of an instance: its mark, no padding, AES-GCM. */
const ADVANCE_HEAD = [0x24, 0x00, 0x02]

/** A ciphertext as both gateways take it: the version of the key, the IV, what is sealed. */
export interface Ciphertext {
  readonly keyVersionId: string
  readonly iv: Octets
  readonly sealed: Octets
}

/** @throws BadRequestError when it is too short to be one. */
export function parseCiphertext(octets: Octets): Ciphertext {
  if (octets.length <= HEAD_LENGTH) throw invalidParameter('CiphertextBlob')
  return {
    keyVersionId: new TextDecoder().decode(octets.subarray(0, KEY_VERSION_ID_LENGTH)),
    iv: octets.slice(KEY_VERSION_ID_LENGTH, HEAD_LENGTH),
    sealed: octets.slice(HEAD_LENGTH),
  }
}

export function buildCiphertext({ keyVersionId, iv, sealed }: Ciphertext): Octets {
  return Uint8Array.from([...utf8(keyVersionId), ...iv, ...sealed])
}

/** The form that names its own key and algorithm. */
export function withAdvanceHead(octets: Octets): Octets {
  return Uint8Array.from([...ADVANCE_HEAD, ...octets])
}

/** @throws UnexpectedAnswerError when an instance gave something else. */
export function withoutAdvanceHead(octets: Octets): Octets {
  if (octets.length <= ADVANCE_HEAD.length || ADVANCE_HEAD.some((one, at) => octets[at] !== one)) {
    const message = 'The instance answered with another ciphertext.'
    throw new UnexpectedAnswerError({ code: 'UnexpectedAnswer', message })
  }
  return octets.slice(ADVANCE_HEAD.length)
}
