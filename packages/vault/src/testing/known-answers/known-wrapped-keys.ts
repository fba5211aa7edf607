import type { KnownWrappedKey } from './known-answer.ts'

/** A published wrapped key for each algorithm that wraps alone; RSA stands among the ciphertexts. */
export const KNOWN_WRAPPED_KEYS: readonly KnownWrappedKey[] = [
  {
    algorithm: 'A128KW',
    source: 'RFC 3394 §4.1',
    key: {
      kty: 'oct',
      k: 'AAECAwQFBgcICQoLDA0ODw',
    },
    plaintext: 'ABEiM0RVZneImaq7zN3u_w',
    ciphertext: 'H6aLCoEStEeu80vY-1p7gp0-hiNx0s_l',
    isRepeatable: true,
  },
  {
    algorithm: 'A192KW',
    source: 'RFC 3394 §4.4',
    key: {
      kty: 'oct',
      k: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYX',
    },
    plaintext: 'ABEiM0RVZneImaq7zN3u_wABAgMEBQYH',
    ciphertext: 'Ax0zJk4V0zJo8k7CYHQ-3OHGx93uclqTa6gUkVxnYtI',
    isRepeatable: true,
  },
  {
    algorithm: 'A256KW',
    source: 'RFC 3394 §4.6',
    key: {
      kty: 'oct',
      k: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
    },
    plaintext: 'ABEiM0RVZneImaq7zN3u_wABAgMEBQYHCAkKCwwNDg8',
    ciphertext: 'KMn0BMS4EPTLzLNc-4f4Jj9XhuLYDtMmy8fw5xqZ9Dv7mIubegLdIQ',
    isRepeatable: true,
  },
]
