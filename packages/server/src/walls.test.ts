import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, it } from 'node:test'

// The walls of ARCHITECTURE.md and the rules that no compiler knows, held against the sources.
const root = join(import.meta.dirname, '../../..')

interface Source {
  readonly path: string
  readonly text: string
}

const isTest = (path: string): boolean =>
  /\.(test|contract)\.ts$|\/testing\/|-under-test\.ts$/.test(path)

const sources: readonly Source[] = globSync('packages/*/src/**/*.ts', { cwd: root })
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => !path.includes('/node_modules/') && !path.includes('/dist/'))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

const production = sources.filter(({ path }) => !isTest(path))

function importsOf({ text }: Source): readonly string[] {
  const statements =
    /^(?:import|export)\b[^'\n]*\bfrom '([^']+)'|^import '([^']+)'|^\} from '([^']+)'|\bimport\('([^']+)'\)/gm
  return [...text.matchAll(statements)].map((found) => found.slice(1).find((name) => name !== undefined) ?? '')
}

function offenders(
  where: RegExp,
  isWrong: (source: Source) => boolean,
  among: readonly Source[] = production,
): readonly string[] {
  return among.filter((source) => where.test(source.path) && isWrong(source)).map(({ path }) => path)
}

describe('the walls', () => {
  it('are looked at at all', () => {
    assert.ok(production.length > 150)
  })

  it('keep the domain free of HTTP, SQL, files, processes and libraries that bring them', () => {
    const allowed = new Set([
      'node:crypto',
      'node:util',
      '@peculiar/asn1-csr',
      '@peculiar/asn1-ocsp',
      '@peculiar/asn1-schema',
      '@peculiar/asn1-x509',
      'asn1js',
      'jose',
      'koffi',
      'lru-cache',
    ])
    const wrong = (source: Source): boolean =>
      importsOf(source).some((name) => !name.startsWith('.') && !allowed.has(name))
    assert.deepEqual(offenders(/^packages\/vault\//, wrong), [])
  })

  it('keep the domain without environment and clock of its own', () => {
    const wrong = ({ text }: Source): boolean => /process\.env|Date\.now\(|new Date\(\)|performance\.now/.test(text)
    assert.deepEqual(offenders(/^packages\/vault\//, wrong), [])
  })

  it('keep the codecs without I/O and without the domain', () => {
    // Digests and signatures are part of a wire; Alibaba's has protobuf (ADR 13).
    const allowed = new Set(['node:crypto', '@bufbuild/protobuf/wire'])
    const wrong = (source: Source): boolean =>
      importsOf(source).some((name) => !name.startsWith('.') && !allowed.has(name))
    assert.deepEqual(offenders(/^packages\/wire\//, wrong), [])
  })

  it('keep the client free of everything but itself, and Node out of its core', () => {
    const ofNode = /^packages\/client\/src\/node\//
    const wrong = (source: Source): boolean =>
      importsOf(source).some(
        (name) => !name.startsWith('.') && !(ofNode.test(source.path) && name.startsWith('node:')),
      )
    assert.deepEqual(offenders(/^packages\/client\//, wrong), [])
    const core = /^packages\/client\/src\/(core|azure|cache)\//
    const reaching = (source: Source): boolean =>
      importsOf(source).some((name) => /\/(node|alibaba)\//.test(name))
    assert.deepEqual(offenders(core, reaching), [])
    assert.ok(production.some(({ path }) => core.test(path)))
  })

  it('let the command line reach the far side by the client alone', () => {
    const allowed = new Set(['@jmespath-community/jmespath', 'commander'])
    const wrong = (source: Source): boolean =>
      importsOf(source).some(
        (name) => !/^(\.|node:|@claviger\/client\/)/.test(name) && !allowed.has(name),
      )
    assert.deepEqual(offenders(/^packages\/cli\//, wrong), [])
    assert.ok(production.some(({ path }) => path.startsWith('packages/cli/')))
  })

  it('let the server reach the domain by its index alone', () => {
    const wrong = (source: Source): boolean =>
      importsOf(source).some((name) => name.startsWith('@claviger/') && !['@claviger/vault', '@claviger/wire'].includes(name))
    assert.deepEqual(offenders(/^packages\/server\//, wrong), [])
  })

  it('keep doors from each other', () => {
    // What two of them need of signing in is no door.
    const doorOf = (path: string): string | undefined =>
      /^packages\/server\/src\/doors\/(?!sign-in\/)([a-z-]+)\//.exec(path)?.[1]
    const doorsBeside = (source: Source): readonly string[] =>
      importsOf(source)
        .filter((name) => name.startsWith('.'))
        .map((name) => doorOf(posix.join(posix.dirname(source.path), name)) ?? '')
        .filter((door) => door !== '' && door !== doorOf(source.path))
    const wrong = (source: Source): boolean => doorsBeside(source).length > 0
    assert.deepEqual(offenders(/^packages\/server\/src\/doors\//, wrong), [])
    // It is the composition that knows them, and is seen to.
    const composition = production.find(({ path }) => path.endsWith('/worker-doors.ts'))
    assert.ok(composition)
    assert.ok(new Set(doorsBeside(composition)).size >= 5)
  })

  it('let one file know fastify', () => {
    const wrong = (source: Source): boolean => importsOf(source).includes('fastify')
    assert.deepEqual(offenders(/./, wrong), ['packages/server/src/listener.ts'])
  })

  it('let one file know the library of ACME, which loads it when an order is placed', () => {
    const wrong = (source: Source): boolean => importsOf(source).includes('acme-client')
    assert.deepEqual(offenders(/./, wrong), ['packages/server/src/acme/open-acme-client.ts'])
    const early = ({ text }: Source): boolean => /from 'acme-client'/.test(text)
    assert.deepEqual(offenders(/./, early), [])
  })

  it('let two files call native code', () => {
    const wrong = (source: Source): boolean => importsOf(source).includes('koffi')
    assert.deepEqual(offenders(/./, wrong).toSorted(), [
      'packages/vault/src/certificates/x509/openssl-pkcs12.ts',
      'packages/vault/src/crypto/software/openssl.ts',
    ])
  })

  it('load X.509 when it is needed, not with every start', () => {
    const wrong = (source: Source): boolean =>
      importsOf(source).some((name) => name.startsWith('@peculiar/asn1-') || name === 'asn1js') &&
      !source.path.startsWith('packages/vault/src/certificates/x509/')
    assert.deepEqual(offenders(/./, wrong), [])
  })

  it('let one file of a program read the environment', () => {
    const wrong = ({ text }: Source): boolean => /process\.env(?!\.AZURE_KEYVAULT_URL)/.test(text)
    // The command line has an environment of its own, which its first file hands on.
    assert.deepEqual(offenders(/./, wrong).toSorted(), [
      'packages/cli/src/main.ts',
      'packages/server/src/environment.ts',
    ])
  })

  it('let one file print to standard output by console, which is none', () => {
    const wrong = ({ text }: Source): boolean => /^\s*console\.(log|error|warn|info|debug)/m.test(text)
    assert.deepEqual(offenders(/./, wrong), [])
  })
})

describe('what reveals a secret', () => {
  // A security review stands behind each line: why the bytes are needed, and where they go.
  const REVEALS: Readonly<Record<string, string>> = {
    'packages/server/src/acme/account-key.ts': 'loads the key that signs requests to an ACME server',
    'packages/server/src/acme/register-account.ts': 'binds an account by the key its authority has given',
    'packages/server/src/composition/compose-primary.ts': 'root keys to a worker, by the channel between them',
    'packages/server/src/composition/tls-keeper.ts': 'the private key that TLS is served with',
    'packages/server/src/connect-files.ts': 'writes a credential into a file of mode 0600',
    'packages/server/src/connect/kms-credentials.ts': 'puts a password on the file of a client key',
    'packages/server/src/doors/admin/actions.ts': 'shows a credential that was just made, once',
    'packages/server/src/doors/alibaba/instance/operations/cipher-operations.ts': 'what was decrypted, to who asked for it',
    'packages/server/src/doors/alibaba/instance/operations/data-key-operations.ts': 'a data key or what was drawn, to who asked for it',
    'packages/server/src/doors/alibaba/instance/operations/key-pair-operations.ts': 'a private key that was made for who asked for it',
    'packages/server/src/doors/alibaba/shared/actions/asymmetric-actions.ts': 'what was decrypted, to who asked for it',
    'packages/server/src/doors/alibaba/shared/actions/certificate-key-actions.ts': 'what was decrypted, to who asked for it',
    'packages/server/src/doors/alibaba/shared/actions/data-key-actions.ts': 'what was decrypted goes on to another key',
    'packages/server/src/doors/alibaba/shared/actions/managed-data-key-actions.ts': 'a data key, to who may read its secret',
    'packages/server/src/doors/alibaba/shared/actions/secret-rotation-actions.ts': 'a password that was just made, once',
    'packages/server/src/doors/alibaba/shared/actions/symmetric-actions.ts': 'what was decrypted, or a data key, to who asked for it',
    'packages/server/src/doors/alibaba/shared/authenticate.ts': 'checks a signature by an access key',
    'packages/server/src/doors/alibaba/shared/readable-secret.ts': 'the value of a secret, to who may read it',
    'packages/server/src/doors/alibaba/sts/door.ts': 'the secret of a session that was just begun, once',
    'packages/server/src/doors/entra/external-provider.ts': 'the secret of a client to its provider',
    'packages/server/src/doors/azure/render-key.ts': 'what was decrypted, unwrapped or drawn, to who asked for it',
    'packages/server/src/doors/azure/secret-routes.ts': 'the value of a secret, to who may read it',
    'packages/server/src/doors/graph/credential-routes.ts': 'the secret of an application that was just made, once',
    'packages/vault/src/access-points/client-key-pkcs12.ts': 'puts a client key into the file that its owner gets',
    'packages/vault/src/access-points/client-key.ts': 'copies a key for the provider, which wipes its own',
    'packages/vault/src/certificates/certificate-backup.ts': 'puts keys and values into a blob that is sealed',
    'packages/vault/src/certificates/certificate-material.ts': 'copies a key for the provider, which wipes its own',
    'packages/vault/src/certificates/in-form.ts': 'opens the PKCS #12 of a secret to give it as PEM',
    'packages/vault/src/certificates/read-import.ts': 'reads a certificate with its key that comes',
    'packages/vault/src/certificates/secret-form.ts': 'puts a key that may leave into the value of a secret',
    'packages/vault/src/crypto/software/import/pair-checker.ts': 'lets OpenSSL check a key that comes',
    'packages/vault/src/crypto/software/key-rings.ts': 'loads a key for use',
    'packages/vault/src/directory/authenticate-client.ts': 'parses an assertion',
    'packages/vault/src/directory/authenticate-identity.ts': 'splits an identity header',
    'packages/vault/src/directory/identity-header.ts': 'joins an identity header',
    'packages/vault/src/directory/issuer-keys.ts': 'loads the key that signs tokens',
    'packages/vault/src/directory/password-hash.ts': 'hashes a password',
    'packages/vault/src/directory/password-rules.ts': 'looks at a new password',
    'packages/vault/src/directory/secret-credential.ts': 'hashes a client secret',
    'packages/vault/src/directory/ticket.ts': 'hashes what a sign-in has earned',
    'packages/vault/src/keys/encrypt.ts': 'a plaintext to the provider',
    'packages/vault/src/keys/generate-data-key-pair.ts': 'writes a private key in the form that is asked for',
    'packages/vault/src/keys/import-parameters.ts': 'seals a wrapping key in the token it is given out in',
    'packages/vault/src/keys/key-backup.ts': 'puts key material into a blob that is sealed',
    'packages/vault/src/keys/wrap-key.ts': 'a key to be wrapped to the provider',
    'packages/vault/src/seal/content-frame.ts': 'frames a value for sealing',
    'packages/vault/src/seal/seal-key.ts': 'derives the seal key',
    'packages/vault/src/seal/worker-material.ts': 'parses root keys in a worker',
    'packages/vault/src/secrets/customer-key.ts': 'a value, or what a key has made of it, to the provider',
    'packages/vault/src/secrets/secret-backup.ts': 'puts values into a blob that is sealed',
  }

  it('stands in this list', () => {
    const found = production.filter(({ text }) => /\.reveal\(\)/.test(text)).map(({ path }) => path)
    assert.deepEqual(found.toSorted(), Object.keys(REVEALS).toSorted())
  })
})
