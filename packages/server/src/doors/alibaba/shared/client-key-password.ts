import { alibaba } from '@claviger/wire'

const FORM = /^[0-9A-Za-z~!@#$%^&*?_-]{8,64}$/
const KINDS = [/[0-9]/, /[A-Za-z]/, /[^0-9A-Za-z]/] as const

/**
 * Holds the service's rule for passwords of client keys: 8 to 64 characters, of two kinds at least.
 * @throws KmsRefusal InvalidParameter
 */
export function demandClientKeyPassword(password: string): string {
  const kinds = KINDS.filter((kind) => kind.test(password)).length
  if (FORM.test(password) && kinds >= 2) return password
  throw alibaba.shared.invalidParameter(
    'Password',
    'has 8 to 64 characters, of at least two kinds among digits, letters and ~!@#$%^&*?_-',
  )
}
