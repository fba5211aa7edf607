import {
  ENCRYPTIONS,
  HMAC_BYTES,
  MACS,
  OCT_BITS,
  OCT_IMPORT_BYTES,
  RSA_BITS,
  RSA_EXPONENTS,
  SIGNATURES,
  WRAPS,
  type EncryptionRow,
  type MacRow,
  type SignatureRow,
  type WrapRow,
} from '@claviger/vault'

/** Renders `docs/reference/algorithms.md` from the tables of the algorithms. */
export function algorithmsPage(): string {
  return [
    '# Keys and algorithms',
    '',
    'Names are those of JOSE, of Azure where JOSE has none, and beyond those what the field calls the',
    'algorithm; each door has its own names for what it offers. At the Azure door the curve `secp256k1` is',
    'called `P-256K`, and each key type has a second name that ends in `-HSM`. That door offers nothing that',
    'needs a key of the type SM4 or HMAC or on the curve SM2, and no ECB; such keys, made at another door,',
    'are shown there by these names.',
    '',
    '## Keys',
    '',
    '| type | made | imported |',
    '| --- | --- | --- |',
    ...KEYS,
    '',
    'The numbers of an imported key are checked before it is taken: primes are prime and belong to the',
    'modulus, exponents to each other, a point to its curve and to its private number. Keys that are known',
    'to be weak are refused: primes close to each other or of very different length, a short private',
    'exponent, and moduli with the marks of CVE-2017-15361 (ROCA).',
    '',
    '## Signatures',
    '',
    'Signed is a digest that the caller has made, except where a length “up to” is given. RSASSA-PSS takes',
    'a salt as long as the digest, and mask generation with the same hash. The digest that SM2 signs is',
    'that of GB/T 32918.2 §5.5: SM3 of the signer’s identity and public key, and then of the message.',
    '',
    '| algorithm | key | hash | octets to sign | octets of the signature | source | Wycheproof files |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...entriesOf<SignatureRow>(SIGNATURES).map(signatureLine),
    '',
    '## Authentication codes',
    '',
    '| algorithm | key | hash | octets of the message | octets of the code | source | Wycheproof files |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...entriesOf<MacRow>(MACS).map(macLine),
    '',
    'Any key of the type serves them all. Codes of JOSE are among the signatures above.',
    '',
    '## Encryption',
    '',
    '| algorithm | key | hash | octets of the plaintext | iv | tag | source | Wycheproof files |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...entriesOf<EncryptionRow>(ENCRYPTIONS).map(encryptionLine),
    '',
    'GCM makes a random IV where none is given, and authenticates additional data; no other algorithm',
    'takes any. CBC takes an IV of the caller’s, or a random one where the door asks for that. ECB has none',
    'and shows equal blocks; it is there for those who have ciphertexts of it. SM2PKE gives the DER of GB/T',
    '35276 §7.2, and decrypts 04 ‖ C1 ‖ C3 ‖ C2 too. By RSA1_5 a ciphertext with a wrong padding decrypts to',
    'octets that look random, so that nobody learns about the padding. With random IVs a key may encrypt',
    '2^32 times by GCM (NIST SP 800-38D §8.3), which the vault does not count: rotate it before.',
    '',
    '## Key wrapping',
    '',
    '| algorithm | key | hash | octets of the plaintext | iv | tag | source | Wycheproof files |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...entriesOf<WrapRow>(WRAPS).map(encryptionLine),
    '',
    'The files are those of C2SP/wycheproof. Every algorithm has a published answer in the project itself',
    'besides, which `npm test` checks.',
    '',
  ].join('\n')
}

const KEYS: readonly string[] = [
  `| RSA | ${RSA_BITS.join(', ')} bits; odd exponents from ${RSA_EXPONENTS.minimum} to ${RSA_EXPONENTS.maximum} | the same |`,
  '| EC | P-256, P-384, P-521, secp256k1, SM2 (`sm2p256v1`) | the same |',
  `| oct | ${OCT_BITS.join(', ')} bits | ${OCT_IMPORT_BYTES.minimum} to ${OCT_IMPORT_BYTES.maximum} octets |`,
  '| SM4 | 128 bits | 16 octets |',
  `| HMAC | whole octets, from ${HMAC_BYTES.minimum * 8} to ${HMAC_BYTES.maximum * 8} bits | ${HMAC_BYTES.minimum} to ${HMAC_BYTES.maximum} octets |`,
  '| OKP | Ed25519, X25519 (which no operation uses yet) | the same |',
]

function entriesOf<Row>(table: Readonly<Record<string, Row>>): readonly (readonly [string, Row])[] {
  return Object.entries(table)
}

function line(...cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`
}

function signatureLine([name, row]: readonly [string, SignatureRow]): string {
  const hash = 'hash' in row ? (row.hash ?? 'none') : 'in the algorithm'
  const { source } = row
  return line(name, keyOf(row), hash, signedOctets(row), signatureOctets(row), source, filesOf(row))
}

function signedOctets(row: SignatureRow): string {
  if ('digestBytes' in row) return String(row.digestBytes)
  if ('maximumInputBytes' in row) return `up to ${row.maximumInputBytes}`
  return `1 to those of the modulus less ${row.overheadBytes}`
}

function signatureOctets(row: SignatureRow): string {
  if (row.keyType === 'RSA') return 'of the modulus'
  return String('macBytes' in row ? row.macBytes : row.signatureBytes)
}

function macLine([name, row]: readonly [string, MacRow]): string {
  const { hash, maximumInputBytes, macBytes, source } = row
  return line(name, row.keyType, hash, `up to ${maximumInputBytes}`, macBytes, source, filesOf(row))
}

function encryptionLine([name, row]: readonly [string, EncryptionRow | WrapRow]): string {
  const hash = 'hash' in row ? (row.hash ?? 'none') : ''
  const iv = 'ivBytes' in row ? row.ivBytes : ''
  const tag = 'tagBytes' in row ? row.tagBytes : ''
  return line(name, keyOf(row), hash, plaintextOctets(row), iv, tag, row.source, filesOf(row))
}

function plaintextOctets(row: EncryptionRow | WrapRow): string {
  if (row.keyType === 'RSA') return `up to those of the modulus less ${row.overheadBytes}`
  if (row.keyType === 'EC') return `1 to ${row.maximumInputBytes}`
  if (row.mode === 'kw') return `a multiple of 8, from 16 to ${row.maximumInputBytes}`
  return 'padded' in row && !row.padded ? 'a multiple of 16' : 'any'
}

function keyOf(row: SignatureRow | EncryptionRow | WrapRow): string {
  if ('curve' in row) return `${row.keyType} ${row.curve}`
  if ('keyBytes' in row) return `${row.keyType} ${row.keyBytes * 8}`
  if ('minimumKeyBytes' in row) return `${row.keyType}, at least ${row.minimumKeyBytes * 8} bits`
  return row.keyType
}

function filesOf({ vectors }: { readonly vectors: readonly string[] }): string {
  return vectors.length === 0 ? 'none' : vectors.join(', ')
}
