import { bareRoute } from './rows/bare-route.ts'
import { createCertificateP256, createCertificateRsa2048 } from './rows/create-certificate.ts'
import { createP256, createRsa2048 } from './rows/create-key.ts'
import { createVault } from './rows/create-vault.ts'
import { encryptA256gcm } from './rows/encrypt-a256gcm.ts'
import { getSecret } from './rows/get-secret.ts'
import { instanceEncrypt } from './rows/instance-encrypt.ts'
import { instanceSignRsa2048 } from './rows/instance-sign-rsa-2048.ts'
import { listSecrets } from './rows/list-secrets.ts'
import type { Row } from './rows/row.ts'
import { setSecret } from './rows/set-secret.ts'
import { sharedGenerateDataKey } from './rows/shared-generate-data-key.ts'
import { signEs256 } from './rows/sign-es256.ts'
import { signRs256 } from './rows/sign-rs256.ts'
import { verifyRs256 } from './rows/verify-rs256.ts'
import { wrapRsaOaep256 } from './rows/wrap-rsa-oaep-256.ts'

/** Everything the bench measures against a limit, in the order of the report. */
export const ROWS: readonly Row[] = [
  bareRoute, getSecret, setSecret, listSecrets,
  signRs256, signEs256, verifyRs256, encryptA256gcm, wrapRsaOaep256, createRsa2048, createP256,
  createCertificateRsa2048, createCertificateP256, createVault,
  instanceEncrypt, instanceSignRsa2048, sharedGenerateDataKey,
]

/** @throws Error that names what there is */
export function rowNamed(name: string): Row {
  const found = ROWS.find((row) => row.name === name)
  if (found !== undefined) return found
  throw new Error(`No row is called ${name}; there are ${ROWS.map((row) => row.name).join(', ')}.`)
}
