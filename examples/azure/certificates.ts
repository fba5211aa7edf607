import {
  CertificateClient,
  DefaultCertificatePolicy,
  DefaultCredential,
  SecretClient,
} from '@claviger/client/azure'
import { vaultUrl } from './vault-url.ts'

// A certificate that the vault signs itself is made, read with its private key, listed and deleted.

const credential = new DefaultCredential()
const client = new CertificateClient(vaultUrl(), credential)
const [, , name = 'cert-name'] = process.argv

console.log(`Creating a certificate called ${name} …`)
const creating = await client.beginCreateCertificate(name, DefaultCertificatePolicy)
await creating.pollUntilDone({
  onProgress: ({ certificateOperation }) => console.log(certificateOperation?.statusDetails),
})

const { properties } = await client.getCertificate(name)
console.log(`Its thumbprint is ${properties.x509ThumbprintString}.`)

// The private key is in the secret of the same name: a PKCS#12 file, unless the policy says PEM.
const { value = '' } = await new SecretClient(vaultUrl(), credential).getSecret(name)
console.log(`The file has ${atob(value).length} octets.`)

for await (const listed of client.listPropertiesOfCertificates()) {
  console.log(`Certificate: ${listed.name}`)
}

await (await client.beginDeleteCertificate(name)).pollUntilDone()
console.log('It is deleted.')
