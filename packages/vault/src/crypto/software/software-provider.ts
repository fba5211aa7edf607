import type { Secret } from '../../seal/secret.ts'
import type {
  EncryptionAlgorithm,
  MacAlgorithm,
  SignatureAlgorithm,
  WrapAlgorithm,
} from '../algorithms.ts'
import type { KeySpec } from '../key-spec.ts'
import type {
  CipherInput,
  CipherOutput,
  KeyHandle,
  NewKey,
  PlainInput,
  PrivateNumbers,
  Provider,
} from '../provider.ts'
import { CallQueue } from './call-queue.ts'
import { importKey } from './import/import-key.ts'
import { PairChecker } from './import/pair-checker.ts'
import { KeyRings } from './key-rings.ts'
import { makeKey } from './make-key.ts'
import { loadOpenssl, type Openssl } from './openssl.ts'
import { SoftwareCipher } from './software-cipher.ts'
import { SoftwareMacs } from './software-macs.ts'
import { SoftwareSigner } from './software-signer.ts'
import { SpareKeys } from './spare-keys.ts'

export interface SoftwareProviderOptions {
  /** Halves of keys held ready for use, of each kind; 1,000 unless said, about 10 KB for each. */
  readonly heldKeys?: number
  /** Uses of RSA private keys and slow curves on the thread pool at once; 8 unless said. */
  readonly callsOnPool?: number
  /** RSA keys of 2048 bits made ahead, in memory, in idle time; none unless said. */
  readonly spareRsaKeys?: number
}

/** RSA keys that wait to be made or checked: some ten seconds of work, as long as clients wait. */
const MOST_MAKING = 40

const SPARE = { type: 'RSA', bits: 2048, publicExponent: 65_537 } as const satisfies KeySpec

/** Keys in memory, used by the OpenSSL that the runtime carries. */
export class SoftwareProvider implements Provider {
  readonly #rings: KeyRings
  readonly #signer: SoftwareSigner
  readonly #cipher: SoftwareCipher
  readonly #macs: SoftwareMacs
  readonly #checker: PairChecker
  /** One at a time: making or checking an RSA key takes as long as hundreds of signatures. */
  readonly #making = new CallQueue(1, MOST_MAKING)
  readonly #spare: SpareKeys

  private constructor(openssl: Openssl, options: SoftwareProviderOptions) {
    const { heldKeys = 1000, callsOnPool = 8, spareRsaKeys = 0 } = options
    const calls = new CallQueue(callsOnPool)
    this.#rings = new KeyRings(openssl, heldKeys)
    this.#signer = new SoftwareSigner(this.#rings, calls)
    this.#cipher = new SoftwareCipher(this.#rings, calls)
    this.#macs = new SoftwareMacs(this.#rings)
    this.#checker = new PairChecker(openssl, { rsa: this.#making, ec: calls })
    this.#spare = new SpareKeys({
      size: spareRsaKeys,
      make: () => this.#making.run(() => makeKey(SPARE)),
      isIdle: () => calls.isIdle && this.#making.isIdle,
    })
  }

  /** @throws Fault ProviderUnavailable where the runtime does not export its OpenSSL. */
  static async open(options: SoftwareProviderOptions = {}): Promise<SoftwareProvider> {
    return new SoftwareProvider(await loadOpenssl(), options)
  }

  /** How many RSA keys are made ahead at this moment. */
  get spareRsaKeys(): number {
    return this.#spare.count
  }

  async create(spec: KeySpec): Promise<NewKey> {
    if (spec.type !== 'RSA') return makeKey(spec)
    const isSpare = spec.bits === SPARE.bits && spec.publicExponent === SPARE.publicExponent
    const spare = isSpare ? this.#spare.take() : undefined
    return spare ?? this.#making.run(() => makeKey(spec))
  }

  import(numbers: PrivateNumbers): Promise<NewKey> {
    return importKey(numbers, this.#checker)
  }

  sign(key: KeyHandle, algorithm: SignatureAlgorithm, digest: Uint8Array): Promise<Uint8Array> {
    return this.#signer.sign(key, algorithm, digest)
  }

  verify(
    key: KeyHandle,
    algorithm: SignatureAlgorithm,
    digest: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean> {
    return this.#signer.verify(key, algorithm, digest, signature)
  }

  generateMac(key: KeyHandle, algorithm: MacAlgorithm, message: Uint8Array): Promise<Uint8Array> {
    return this.#macs.generate(key, algorithm, message)
  }

  verifyMac(
    key: KeyHandle,
    algorithm: MacAlgorithm,
    message: Uint8Array,
    code: Uint8Array,
  ): Promise<boolean> {
    return this.#macs.verify(key, algorithm, message, code)
  }

  encrypt(key: KeyHandle, algorithm: EncryptionAlgorithm, input: PlainInput): Promise<CipherOutput> {
    return this.#cipher.encrypt(key, algorithm, input)
  }

  decrypt(key: KeyHandle, algorithm: EncryptionAlgorithm, input: CipherInput): Promise<Uint8Array> {
    return this.#cipher.decrypt(key, algorithm, input)
  }

  wrap(key: KeyHandle, algorithm: WrapAlgorithm, input: PlainInput): Promise<CipherOutput> {
    return this.#cipher.wrap(key, algorithm, input)
  }

  unwrap(key: KeyHandle, algorithm: WrapAlgorithm, input: CipherInput): Promise<Uint8Array> {
    return this.#cipher.unwrap(key, algorithm, input)
  }

  exportPrivateKey(key: KeyHandle): Promise<Secret> {
    return key.load()
  }

  async destroy(key: KeyHandle): Promise<void> {
    this.#rings.forget(key)
  }

  /** Makes no more keys ahead and lets all leave memory; the provider is used no more. */
  close(): void {
    this.#spare.close()
    this.#rings.clear()
  }
}
