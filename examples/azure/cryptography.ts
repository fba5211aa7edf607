import { CryptographyClient, DefaultCredential, KeyClient } from '@claviger/client/azure'
import { vaultUrl } from './vault-url.ts'

// A key encrypts, decrypts, signs and verifies. What needs its public part alone is done here.

const credential = new DefaultCredential()
const keys = new KeyClient(vaultUrl(), credential)
const [, , name = 'rsa-key'] = process.argv
const client = new CryptographyClient(await keys.createRsaKey(name), credential)

const plaintext = new TextEncoder().encode('Hello, Key Vault!')
const { result: ciphertext } = await client.encrypt('RSA-OAEP', plaintext)
const { result: decrypted } = await client.decrypt('RSA-OAEP', ciphertext)
console.log(new TextDecoder().decode(decrypted))

const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', plaintext))
const { result: signature } = await client.sign('RS256', digest)
console.log(`Valid: ${(await client.verify('RS256', digest, signature)).result}`)
// client.sign('ES256', digest) would not compile: it is an RSA key.
