import { maximumIterations } from './maximum-iterations.ts'
import { OpensslMemory, terminated } from './openssl-memory.ts'
import { loadOpensslPkcs12, type OpensslPkcs12, type Pointer } from './openssl-pkcs12.ts'

/** What a file holds: the key it is about, and certificates as they came. */
export interface ReadPkcs12 {
  /** PKCS #8 in DER; the caller wipes it. */
  readonly privateKey: Uint8Array | undefined
  /** DER. */
  readonly certificates: readonly Uint8Array[]
}

/** NSS writes 600,000, which OpenSSL computes in half a second; others write 2,000 to 10,000. */
const MAXIMUM_ITERATIONS = 600_000
const PKCS7_DATA = 21 // NID_pkcs7_data

/**
 * Opens a PKCS #12 file, of today's ciphers or of older ones. `undefined` when it does not open:
 * a wrong password looks like damage.
 * @throws Fault ProviderUnavailable
 */
export async function readPkcs12(
  file: Uint8Array,
  password: string,
): Promise<ReadPkcs12 | undefined> {
  const secret = terminated(password)
  if (secret === undefined) return undefined
  const openssl = await loadOpensslPkcs12()
  const memory = new OpensslMemory(openssl)
  try {
    return read(openssl, memory, file, secret)
  } catch {
    return undefined
  } finally {
    memory.free()
    secret.fill(0)
  }
}

function read(
  openssl: OpensslPkcs12,
  memory: OpensslMemory,
  file: Uint8Array,
  password: Uint8Array,
): ReadPkcs12 {
  const parsed = memory.keep(decode(openssl, memory, file), openssl.PKCS12_free)
  demandFewIterations(openssl, memory, parsed, password)
  const key = new BigUint64Array(1)
  const certificate = new BigUint64Array(1)
  const others = new BigUint64Array(1)
  if (openssl.PKCS12_parse(parsed, password, key, certificate, others) !== 1) {
    throw new Error('OpenSSL failed')
  }
  const [leaf] = pointersIn(certificate)
  if (leaf !== undefined) memory.keep(leaf, openssl.X509_free)
  const rest = memory.keepStack(pointersIn(others)[0] ?? null, openssl.X509_free)
  const [privateKey] = pointersIn(key)
  if (privateKey !== undefined) memory.keep(privateKey, openssl.EVP_PKEY_free)
  const found = leaf === undefined ? rest : [leaf, ...rest]
  return {
    certificates: found.map((one) => memory.der(one, openssl.i2d_X509)),
    privateKey: privateKey === undefined ? undefined : pkcs8(openssl, memory, privateKey),
  }
}

/**
 * Opens a file layer by layer as far as that is cheap: each is looked at before the next is opened,
 * and those within what is enciphered too.
 */
function demandFewIterations(
  openssl: OpensslPkcs12,
  memory: OpensslMemory,
  file: Pointer,
  password: Uint8Array,
): void {
  const bytes = password.byteLength - 1
  // Of no password there are two forms, and either may open a file.
  const forms = bytes === 0 ? [password, null] : [password]
  demandFew(memory.der(file, openssl.i2d_PKCS12))
  for (const content of memory.keepStack(openssl.PKCS12_unpack_authsafes(file), openssl.PKCS7_free)) {
    demandFew(memory.der(content, openssl.i2d_PKCS7))
    const stacks = [
      openssl.PKCS12_unpack_p7data(content),
      ...forms.map((form) => openssl.PKCS12_unpack_p7encdata(content, form, bytes)),
    ]
    const bags = stacks.flatMap((stack) => memory.keepStack(stack, openssl.PKCS12_SAFEBAG_free))
    for (const bag of bags) demandFew(memory.der(bag, openssl.i2d_PKCS12_SAFEBAG))
  }
}

function demandFew(layer: Uint8Array): void {
  const iterations = maximumIterations(layer)
  if (iterations === undefined || iterations > MAXIMUM_ITERATIONS) {
    throw new Error('more iterations than are computed')
  }
}

/** OpenSSL frees what it was given when it cannot read. */
function decode(openssl: OpensslPkcs12, memory: OpensslMemory, file: Uint8Array): Pointer | null {
  const into = openssl.PKCS12_init_ex(PKCS7_DATA, openssl.context, null)
  if (into === null) return null
  return openssl.d2i_PKCS12(BigUint64Array.of(into), memory.cursor(file), file.byteLength)
}

function pointersIn(place: BigUint64Array): readonly Pointer[] {
  const [pointer = 0n] = place
  return pointer === 0n ? [] : [pointer]
}

function pkcs8(openssl: OpensslPkcs12, memory: OpensslMemory, key: Pointer): Uint8Array {
  const info = memory.keep(openssl.EVP_PKEY2PKCS8(key), openssl.PKCS8_PRIV_KEY_INFO_free)
  return memory.der(info, openssl.i2d_PKCS8_PRIV_KEY_INFO)
}
