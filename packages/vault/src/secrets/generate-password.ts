import { randomInt } from 'node:crypto'
import { invalidInput } from '../invalid-input.ts'
import { operation } from '../operation.ts'
import { Secret } from '../seal/secret.ts'

const LENGTHS = { least: 8, most: 128 } as const

export interface GeneratePasswordInput {
  readonly vault: string
  /** 8 to 128 characters. */
  readonly length: number
  /** Kinds of characters, each of single characters in ASCII that no other kind has. */
  readonly alphabets: readonly string[]
  /** Whether there must be a character of each kind. */
  readonly each: boolean
}

/**
 * Makes a password from the CSPRNG and keeps nothing of it. It tells nothing of any secret, so
 * whoever may list secrets may have one. All passwords that fit are equally likely: one that does
 * not have each kind is thrown away whole, never mended.
 */
export const generatePassword = operation<GeneratePasswordInput, Secret>({
  name: 'PasswordGenerate',
  permission: 'secrets/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'rng' }),

  async run(_context, { length, alphabets, each }) {
    if (!Number.isInteger(length) || length < LENGTHS.least || length > LENGTHS.most) {
      const reason = `it must be a whole number from ${LENGTHS.least} to ${LENGTHS.most}`
      throw invalidInput('PasswordLength', reason)
    }
    const kinds = alphabets.map((one) => Buffer.from(one, 'ascii')).filter((one) => one.length > 0)
    if (kinds.length === 0) throw invalidInput('ExcludeCharacters', 'it must leave some characters')
    const all = Buffer.concat(kinds)
    const password = Buffer.alloc(length)
    for (;;) {
      // `randomInt` has no bias: it draws again what would favour the first characters.
      for (let at = 0; at < length; at++) password[at] = all[randomInt(all.length)] ?? 0
      const hasEach = kinds.every((kind) => password.some((octet) => kind.includes(octet)))
      if (hasEach || !each) return new Secret(password)
    }
  },
})
