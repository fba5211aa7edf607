import type { NewKey, PrivateNumbers } from '../../provider.ts'
import { importEc } from './import-ec.ts'
import { importOctets } from './import-octets.ts'
import { importOkp } from './import-okp.ts'
import { importRsa } from './import-rsa.ts'
import type { PairChecker } from './pair-checker.ts'

/** Takes a key from elsewhere after checking its numbers. @throws Fault KeyInvalid */
export async function importKey(numbers: PrivateNumbers, checker: PairChecker): Promise<NewKey> {
  switch (numbers.kty) {
    case 'RSA':
      return importRsa(numbers, checker)
    case 'EC':
      return importEc(numbers, checker)
    case 'OKP':
      return importOkp(numbers)
    case 'oct':
    case 'SM4':
    case 'HMAC':
      return importOctets(numbers)
  }
}
