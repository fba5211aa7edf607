import type { KnownMac } from './known-answer.ts'

/** Published codes, two for each algorithm. */
export const KNOWN_MACS: readonly KnownMac[] = [
  {
    algorithm: 'HMAC-SHA-224',
    source: 'RFC 4231 §4.2',
    key: { kty: 'HMAC', k: 'CwsLCwsLCwsLCwsLCwsLCwsLCws' },
    message: 'SGkgVGhlcmU',
    code: 'iW-xEoq73xloMhB81J3zP0e0sRaZErpPU2hLIg',
  },
  {
    algorithm: 'HMAC-SHA-224',
    source: 'RFC 4231 §4.5',
    key: { kty: 'HMAC', k: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGQ' },
    message: 'zc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc0',
    code: 'bBFQaHQBPKxqKrwbs4JifOxqkNhu_AEt56_sWg',
  },
  {
    algorithm: 'HMAC-SHA-256',
    source: 'RFC 4231 §4.2',
    key: { kty: 'HMAC', k: 'CwsLCwsLCwsLCwsLCwsLCwsLCws' },
    message: 'SGkgVGhlcmU',
    code: 'sDRMYdjbOFNcqK_OrwvxK4gdwgDJgz2nJuk3bC4yz_c',
  },
  {
    algorithm: 'HMAC-SHA-256',
    source: 'RFC 4231 §4.5',
    key: { kty: 'HMAC', k: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGQ' },
    message: 'zc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc0',
    code: 'glWKOJpEPA6kzIGYmfIIOoXw-qPlePgHei4_9GcpZls',
  },
  {
    algorithm: 'HMAC-SHA-384',
    source: 'RFC 4231 §4.2',
    key: { kty: 'HMAC', k: 'CwsLCwsLCwsLCwsLCwsLCwsLCws' },
    message: 'SGkgVGhlcmU',
    code: 'r9A5RNhIlWJrCCX0q0aQfxX52tvkEB7GgqoDTHzrxZz66p6pB27ef0rxUuiy-py2',
  },
  {
    algorithm: 'HMAC-SHA-384',
    source: 'RFC 4231 §4.5',
    key: { kty: 'HMAC', k: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGQ' },
    message: 'zc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc0',
    code: 'Poppt3g8JYUZM6tikK9sp3qZgUgIUACcxVd8bh9XO05oAd0jxKfWecz4o4bGdM_7',
  },
  {
    algorithm: 'HMAC-SHA-512',
    source: 'RFC 4231 §4.2',
    key: { kty: 'HMAC', k: 'CwsLCwsLCwsLCwsLCwsLCwsLCws' },
    message: 'SGkgVGhlcmU',
    code: 'h6p83qXvYZ1P8LQkGh1ssCN59OLOTsJ4etCzBUXhfN7aqDO31rinAgOLJ06uo_Tkvp2RTuth8XAuaWwgOhJoVA',
  },
  {
    algorithm: 'HMAC-SHA-512',
    source: 'RFC 4231 §4.5',
    key: { kty: 'HMAC', k: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGQ' },
    message: 'zc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc0',
    code: 'sLpGVjdFjGmQ5ajF9h1K9-V22X_5S4ct52-AUDYe49upHKXBGqJetNZ5J1zFeIBjpfGXQRIMTy3irevrEKKY3Q',
  },
  {
    algorithm: 'HMAC-SM3',
    source: 'GM/T 0042 appendix D.3, first',
    key: { kty: 'HMAC', k: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA' },
    message:
      'YWJjZGJjZGVjZGVmZGVmZ2VmZ2hmZ2hpZ2hpamhpamtpamtsamtsbWtsbW5sbW5vbW5vcG5vcHFhYmNkYmNkZWNk' +
      'ZWZkZWZnZWZnaGZnaGlnaGlqaGlqa2lqa2xqa2xta2xtbmxtbm9tbm9wbm9wcQ',
    code: 'ygXhRO0F0YV4QNHzGKSoZp5Vn8g5H0FEhb_fe7QIljo',
  },
  {
    algorithm: 'HMAC-SM3',
    source: 'GM/T 0042 appendix D.3, second',
    key: { kty: 'HMAC', k: 'AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJQ' },
    message: 'zc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc0',
    code: 'Igv1ed7VVTk_AVn2bJmHeCKj7PYQ0VUhVLQdRLlNs64',
  },
]
