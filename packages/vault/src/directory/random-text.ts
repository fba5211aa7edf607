import { randomInt } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Letters and digits from the CSPRNG, each of 5.95 bits. */
export function randomText(characters: number): string {
  const one = (): string => ALPHABET.charAt(randomInt(ALPHABET.length))
  return Array.from({ length: characters }, one).join('')
}
