import { Secret, type SealMaterial, type SealType } from '@claviger/vault'
import { createRootKeyFile } from './create-root-key-file.ts'
import { readPrivateFile, unsealFailed } from './read-private-file.ts'
import { settings } from './settings.ts'

/** Where the operator keeps what unseals the store. */
export interface SealSource {
  readonly kind: SealType
  readonly path: string
}

const ROOT_KEY = /^[A-Za-z0-9+/]{43}=\r?\n?$/
const ROOT_KEY_BYTES = 32
const MINIMUM_CHARACTERS = 12

/**
 * Reads what the store is unsealed with; the caller wipes its secret after use.
 * @param newStore the store has no seal yet: only then is a root key file made that is missing.
 * @throws Fault UnsealFailed, naming the file and what to do, never its content.
 */
export async function readSealSource(source: SealSource, newStore: boolean): Promise<SealMaterial> {
  const { kind, path } = source
  const secret = kind === 'file' ? await rootKey(path, newStore) : await passphrase(path)
  return { kind, secret }
}

async function rootKey(path: string, newStore: boolean): Promise<Secret> {
  const what = 'root key file'
  let bytes = await readPrivateFile(what, path)
  if (bytes === undefined && newStore) {
    await createRootKeyFile(path)
    bytes = await readPrivateFile(what, path)
  }
  if (bytes === undefined) {
    throw unsealFailed(
      `the root key file ${path} is missing, but the store is sealed with one; put it back from ` +
        `your backup, or set ${settings.rootKeyFile.variable} to its path: without it the data ` +
        'cannot be read, and no new one is made',
    )
  }
  const text = bytes.toString('latin1')
  bytes.fill(0)
  if (text === '') {
    throw unsealFailed(
      `the root key file ${path} is empty; put the right one back from your backup, or, if ` +
        'this is the very first start, delete it and start again',
    )
  }
  const key = Buffer.from(text, 'base64')
  // 43 characters hold two bits more than 32 octets; a file with those set was not written here.
  if (!ROOT_KEY.test(text) || key.toString('base64') !== text.trimEnd()) {
    key.fill(0)
    throw unsealFailed(
      `the root key file ${path} must hold ${ROOT_KEY_BYTES} octets in base64 (44 characters); ` +
        'put the right one back from your backup',
    )
  }
  return secretOf(key)
}

async function passphrase(path: string): Promise<Secret> {
  const bytes = await readPrivateFile('passphrase file', path)
  if (bytes === undefined) {
    const { variable } = settings.passphraseFile
    const advice = `write it with mode 0600, or set ${variable} to its path`
    throw unsealFailed(`the passphrase file ${path} is missing; ${advice}`)
  }
  const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? -2 : -1) : bytes.byteLength
  const trimmed = Buffer.from(bytes.subarray(0, end))
  bytes.fill(0)
  const problem = passphraseProblem(trimmed)
  if (problem !== undefined) {
    trimmed.fill(0)
    throw unsealFailed(`the passphrase file ${path} ${problem}`)
  }
  return new Secret(trimmed)
}

function passphraseProblem(bytes: Uint8Array): string | undefined {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return 'is not text in UTF-8'
  }
  // Code points, so that the least surprising count holds for other scripts too.
  const characters = Array.from(text).length
  if (characters === 0) return 'is empty'
  if (characters < MINIMUM_CHARACTERS) {
    return `has fewer than ${MINIMUM_CHARACTERS} characters; choose a longer passphrase`
  }
  return undefined
}

/** A copy of its own: a small Buffer shares its memory with others. */
function secretOf(key: Buffer): Secret {
  const own = Uint8Array.from(key)
  key.fill(0)
  return new Secret(own)
}
