import { argon2, hash as digest, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Fault } from '../fault.ts'
import { Secret } from '../seal/secret.ts'

/** What a hash was made with, as its own text says it. */
interface Parameters {
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

/** The second recommendation of RFC 9106 §4 with one lane: above what OWASP asks for. */
const PARAMETERS: Parameters = { memory: 65_536, passes: 3, parallelism: 1 }
const SALT_BYTES = 16
const HASH_BYTES = 32
/** Larger ones than ours are in no record, so whoever could write one could not fill the memory. */
const MAXIMUM_MEMORY = 262_144
const MAXIMUM_PASSES = 10

/** Hashes at a time in one process, and how many may wait: 128 MiB and a few seconds at most. */
const AT_A_TIME = 2
const MAXIMUM_WAITING = 32
const RETRY_SECONDS = 5

const FORM =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([0-9A-Za-z+/]{11,86})\$([0-9A-Za-z+/]{43})$/

const derive = promisify(argon2)

let running = 0
const waiting: (() => void)[] = []

/** Hashes a password with Argon2id; gives PHC text. @throws Fault TooManyRequests */
export async function hashPassword(password: Secret): Promise<Secret> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await argon2id(password, salt, PARAMETERS)
  const { memory, passes, parallelism } = PARAMETERS
  const settings = `m=${memory},t=${passes},p=${parallelism}`
  return Secret.fromText(`$argon2id$v=19$${settings}$${unpadded(salt)}$${unpadded(hash)}`)
}

/**
 * Tells whether a password is the one that was hashed. Without a hash it takes as long and says no,
 * so that nobody learns by the time which users there are.
 * @throws Fault TooManyRequests when too many are hashed at this moment.
 */
export async function isPassword(password: Secret, phc: Secret | undefined): Promise<boolean> {
  const known = phc === undefined ? undefined : parsed(phc)
  if (known === undefined) {
    await argon2id(password, randomBytes(SALT_BYTES), PARAMETERS)
    return false
  }
  const hash = await argon2id(password, known.salt, known)
  return timingSafeEqual(hash, known.hash)
}

/** Tells whether a password is the one of a hash, as `isPassword`. */
export type PasswordCheck = typeof isPassword

/**
 * Checks one password; against the hash it has seen last at no further cost, for a sign-in that has
 * to begin again.
 */
export function passwordCheck(): PasswordCheck {
  let last: { readonly phc: string | undefined; readonly isRight: Promise<boolean> } | undefined
  return async (password, secret) => {
    const phc = secret === undefined ? undefined : digest('sha256', secret.reveal(), 'hex')
    if (last === undefined || last.phc !== phc) last = { phc, isRight: isPassword(password, secret) }
    return await last.isRight
  }
}

function parsed(phc: Secret): (Parameters & Record<'salt' | 'hash', Buffer>) | undefined {
  const found = FORM.exec(Buffer.from(phc.reveal()).toString('latin1'))
  if (found === null) return undefined
  const [, memory = '', passes = '', parallelism = '', salt = '', hash = ''] = found
  const parameters = {
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
  }
  if (parameters.memory > MAXIMUM_MEMORY || parameters.passes > MAXIMUM_PASSES) return undefined
  return { ...parameters, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

/** On the thread pool, a bounded number at a time: each takes 64 MiB. */
async function argon2id(
  password: Secret,
  nonce: Buffer,
  { memory, passes, parallelism }: Parameters,
): Promise<Buffer> {
  await enter()
  try {
    const message = Buffer.from(password.reveal())
    const settings = { message, nonce, memory, passes, parallelism, tagLength: HASH_BYTES }
    return await derive('argon2id', settings)
  } finally {
    leave()
  }
}

async function enter(): Promise<void> {
  if (running < AT_A_TIME) {
    running += 1
    return
  }
  if (waiting.length >= MAXIMUM_WAITING) {
    throw new Fault('TooManyRequests', { retryAfterSeconds: RETRY_SECONDS })
  }
  await new Promise<void>((resolve) => waiting.push(resolve))
}

/** Hands the place on, so that nobody who comes now can take it from whoever waits. */
function leave(): void {
  const next = waiting.shift()
  if (next === undefined) running -= 1
  else next()
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '')
}
