import { isFault, Secret, type KeyRef, type KeyVersion } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { encryptionChoice, signatureChoice } from '../../choose-algorithm.ts'
import type { ActionContext, Actions } from '../action.ts'
import { certificateId, certificateRef } from '../certificate-name.ts'
import { inParameter } from '../in-parameter.ts'

const { invalidParameter, KmsRefusal } = alibaba.shared

const LONGEST_RAW_BYTES = 4096

const inPlaintext = inParameter({ value: 'Plaintext' })
const inCiphertext = inParameter({ value: 'CiphertextBlob' })

/** The key pair of a certificate at work. */
export const CERTIFICATE_KEY_ACTIONS: Actions<
  | 'CertificatePrivateKeySign'
  | 'CertificatePublicKeyVerify'
  | 'CertificatePublicKeyEncrypt'
  | 'CertificatePrivateKeyDecrypt'
> = {
  async CertificatePrivateKeySign(request) {
    const { vault, call, parameters } = request
    const key = certificateRef(request, parameters.CertificateId)
    const algorithm = signatureChoice(parameters.Algorithm)
    const toSign = toSignOf(parameters)
    const { key: used, signature } = await ofCertificate(request, key, () =>
      vault.keys.sign(call, { key, algorithm, ...toSign, form: 'der' }),
    )
    return { ...idOf(used), SignatureValue: base64(signature) }
  },

  async CertificatePublicKeyVerify(request) {
    const { vault, call, parameters } = request
    const { Algorithm, SignatureValue: signature } = parameters
    const key = certificateRef(request, parameters.CertificateId)
    const algorithm = signatureChoice(Algorithm)
    const toSign = toSignOf(parameters)
    const { key: used, valid } = await ofCertificate(request, key, () =>
      vault.keys.verify(call, { key, algorithm, ...toSign, signature, form: 'der' }),
    )
    return { ...idOf(used), SignatureValid: valid }
  },

  async CertificatePublicKeyEncrypt(request) {
    const { vault, call, parameters } = request
    const key = certificateRef(request, parameters.CertificateId)
    const algorithm = encryptionChoice({ algorithm: parameters.Algorithm })
    const plaintext = new Secret(parameters.Plaintext)
    try {
      const { key: used, ciphertext } = await ofCertificate(request, key, () =>
        vault.keys.encrypt(call, { key, algorithm, plaintext }).catch(inPlaintext),
      )
      return { ...idOf(used), CiphertextBlob: base64(ciphertext) }
    } finally {
      plaintext.wipe()
    }
  },

  async CertificatePrivateKeyDecrypt(request) {
    const { vault, call, parameters } = request
    const { CiphertextBlob: ciphertext } = parameters
    const key = certificateRef(request, parameters.CertificateId)
    const algorithm = encryptionChoice({ algorithm: parameters.Algorithm })
    const { key: used, plaintext } = await ofCertificate(request, key, () =>
      vault.keys.decrypt(call, { key, algorithm, ciphertext }).catch(inCiphertext),
    )
    try {
      return { ...idOf(used), Plaintext: base64(plaintext.reveal()) }
    } finally {
      plaintext.wipe()
    }
  },
}

interface Signed {
  readonly MessageType: string
  readonly Message: Uint8Array
}

type ToSign = { readonly digest: Uint8Array } | { readonly message: Uint8Array }

/** A message is hashed by the operation. */
function toSignOf({ MessageType, Message }: Signed): ToSign {
  if (MessageType === 'DIGEST') return { digest: Message }
  if (MessageType !== 'RAW') throw invalidParameter('MessageType', 'must be RAW or DIGEST')
  if (Message.byteLength > LONGEST_RAW_BYTES) {
    throw invalidParameter('Message', `has at most ${LONGEST_RAW_BYTES} octets; send its digest`)
  }
  return { message: Message }
}

/**
 * Lets the key of a certificate do something. A key that belongs to none is not meant.
 * @throws KmsRefusal Certificate.NotFound; Rejected.Unavailable for one that waits for its issuer.
 */
async function ofCertificate<Result extends { readonly key: KeyVersion }>(
  { vault, call }: ActionContext,
  certificate: KeyRef,
  act: () => Promise<Result>,
): Promise<Result> {
  try {
    const done = await act()
    if (done.key.managed === true) return done
  } catch (thrown) {
    if (isFault(thrown, 'NameInvalid')) throw new KmsRefusal('Certificate.NotFound')
    if (isFault(thrown, 'DigestLengthWrong')) {
      throw invalidParameter('Message', `must have ${thrown.detail.expectedBytes} octets`)
    }
    if (!isFault(thrown, 'ObjectNotFound')) throw thrown
  }
  const { properties } = await vault.certificates.get(call, { certificate })
  if (properties.issued !== undefined) throw new KmsRefusal('Certificate.NotFound')
  throw new KmsRefusal('Rejected.Unavailable', {
    message: 'The request was rejected because the certificate state is PENDING.',
    recommend: 'Have its request signed, and send the certificate with UploadCertificate.',
  })
}

function idOf({ name }: KeyVersion): { readonly CertificateId: string } {
  return { CertificateId: certificateId(name) }
}

function base64(octets: Uint8Array): string {
  return Buffer.from(octets).toString('base64')
}
