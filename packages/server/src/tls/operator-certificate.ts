import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { ServerKeyPair } from '../listener.ts'
import { StartError } from '../process/start-error.ts'
import { codeOf } from '../read-private-file.ts'

/**
 * Reads the operator's certificate (leaf first, then its chain) and key.
 * @throws StartError with a sentence that says what is wrong and names the file, never its content.
 */
export async function operatorCertificate(
  certificateFile: string,
  keyFile: string,
): Promise<ServerKeyPair> {
  const certificate = await readText(certificateFile)
  const key = await readText(keyFile)
  const leaf = attempt(() => new X509Certificate(certificate))
  if (leaf === undefined) {
    throw new StartError(`${certificateFile} holds no certificate in PEM form.`)
  }
  const privateKey = attempt(() => createPrivateKey(key))
  if (privateKey === undefined) {
    throw new StartError(`${keyFile} holds no unencrypted private key in PEM form.`)
  }
  if (!leaf.checkPrivateKey(privateKey)) {
    throw new StartError(
      `The key in ${keyFile} does not belong to the certificate in ${certificateFile}.`,
    )
  }
  return { certificate, key }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (thrown) {
    throw new StartError(`${file} cannot be read (${codeOf(thrown)}).`)
  }
}

function attempt<Value>(make: () => Value): Value | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}
