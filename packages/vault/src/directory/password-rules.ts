import { invalidInput } from '../invalid-input.ts'
import { Secret } from '../seal/secret.ts'

const MINIMUM_CHARACTERS = 12
const MAXIMUM_CHARACTERS = 256
/** More than any password in rules, so that nothing longer is ever normalised or hashed. */
const MAXIMUM_BYTES = 4 * MAXIMUM_CHARACTERS

/**
 * A password in the one form that is hashed (NFKC, NIST SP 800-63B §5.1.1.2): what is typed on two
 * keyboards is the same password.
 */
export function normalPassword(password: Secret): Secret | undefined {
  if (password.byteLength > MAXIMUM_BYTES) return undefined
  return Secret.fromText(textOf(password).normalize('NFKC'))
}

/**
 * Refuses a new password that is short, long or easy to guess; gives its normal form.
 * @param names of the user, which it must not be made of.
 * @throws Fault InvalidInput
 */
export function demandGoodPassword(password: Secret, names: readonly string[]): Secret {
  const normal = normalPassword(password)
  const text = normal === undefined ? '' : textOf(normal)
  const characters = Array.from(text).length
  if (normal === undefined || characters < MINIMUM_CHARACTERS || characters > MAXIMUM_CHARACTERS) {
    throw refused(`it must have ${MINIMUM_CHARACTERS} to ${MAXIMUM_CHARACTERS} characters`)
  }
  if (/\p{Cc}/u.test(text)) throw refused('it must not have control characters')
  const lower = text.toLowerCase()
  if (new Set(lower).size < 4) throw refused('it must not repeat a few characters')
  if (names.some((name) => name.length > 3 && lower.includes(name.toLowerCase()))) {
    throw refused("it must not contain the user's name")
  }
  return normal
}

function refused(reason: string): ReturnType<typeof invalidInput> {
  return invalidInput('password', reason)
}

function textOf(secret: Secret): string {
  return Buffer.from(secret.reveal()).toString('utf8')
}
