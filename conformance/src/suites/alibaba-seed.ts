import type { ProgramResult } from '../machine/run-program.ts'
import type { SuiteRun } from '../runner/suite-run.ts'
import { connectSigner } from '../server/alibaba-access.ts'
import { objectOf, textOf } from '../server/json.ts'
import { RawKms } from '../server/raw-kms.ts'
import type { TestServer } from '../server/test-server.ts'
import { type AuditRow, readAudit } from '../server/verify-audit.ts'
import { SEEDS_MISSING, seedText } from './seed-text.ts'

/** Runs a Python program about Alibaba Cloud KMS. */
export type RunPython = (
  program: string,
  args: readonly string[],
  options?: { readonly overlay?: string; readonly variables?: Readonly<Record<string, string>> },
) => Promise<ProgramResult>

interface SeedProgram {
  readonly what: string
  readonly action: 'GetSecretValue' | 'Encrypt'
  readonly gateway: 'shared' | 'instance'
}

/** The programs of the text, in its order, and which gateway each of them is about. */
const PROGRAMS: readonly SeedProgram[] = [
  { what: 'all to the shared gateway', action: 'GetSecretValue', gateway: 'shared' },
  { what: 'by default_kms_api_names', action: 'GetSecretValue', gateway: 'shared' },
  { what: 'by the options of one call', action: 'GetSecretValue', gateway: 'shared' },
  { what: 'all to the instance', action: 'Encrypt', gateway: 'instance' },
  { what: 'before a migration', action: 'Encrypt', gateway: 'shared' },
  { what: 'after a migration', action: 'Encrypt', gateway: 'instance' },
  { what: 'with an encoding', action: 'Encrypt', gateway: 'instance' },
  { what: 'with an encoding of one call', action: 'Encrypt', gateway: 'instance' },
]

/** As it stands with the version it is written for, in its variant, and with the newest version. */
const WAYS: readonly { readonly way: string; readonly overlay?: string }[] = [
  { way: 'as_it_stands', overlay: 'first' },
  { way: 'ignore_ssl', overlay: 'first' },
  { way: 'transfer_client' },
]

const SECRET_NAME = 'seed/secret'
const HOST = 'kms.cn-hangzhou.aliyuncs.com'

/**
 * Runs the users' own program in each of its variants, read at run time from the folder that holds
 * it: it is not part of this repository. The server has the vendor's own names.
 */
export async function runAlibabaSeed(
  run: SuiteRun,
  server: TestServer,
  runPython: RunPython,
): Promise<void> {
  const text = seedText('003_')
  if (text === undefined) {
    run.notRun("the users' program about Alibaba Cloud KMS", SEEDS_MISSING)
    return
  }
  const signer = connectSigner(server)
  const kms = new RawKms(server, signer, HOST)
  run.onEnd(() => kms.close())
  const secret = { SecretName: SECRET_NAME, VersionId: 'v1', SecretData: server.canary }
  await kms.rpc({ action: 'CreateSecret', parameters: secret })
  const { body } = await kms.rpc({ action: 'CreateKey' })
  const variables = {
    // What the text calls them.
    ACCESS_KEY_ID: signer.accessKeyId,
    ACCESS_KEY_SECRET: signer.secret,
    SEED_SECRET_NAME: SECRET_NAME,
    SEED_KEY_ID: textOf(objectOf(body['KeyMetadata']), 'KeyId'),
  }
  for (const [index, program] of PROGRAMS.entries()) {
    for (const { way, overlay } of WAYS) {
      const options = overlay === undefined ? { variables } : { variables, overlay }
      await run.step(`the users' program, ${program.what}, ${way}`, async () => {
        const before = readAudit(server).length
        const result = await runPython('seed_kms', [text, String(index), way], options)
        demandServed(program, result, readAudit(server).slice(before), server.canary)
        const blob = /'CiphertextBlob': '([^']*)'/.exec(result.output)?.[1]
        if (blob !== undefined) await demandOpens(kms, blob, server.canary)
      })
    }
  }
}

/** @throws Error unless the program printed its answer, which the right gateway gave. */
function demandServed(
  { action, gateway }: SeedProgram,
  { code, output, errors }: ProgramResult,
  audited: readonly AuditRow[],
  canary: string,
): void {
  const wanted = action === 'Encrypt' ? "'CiphertextBlob': '" : `'SecretData': '${canary}'`
  if (code !== 0 || !output.includes(wanted))
    throw new Error(`It ended with ${code}: ${output}${errors}`)
  const uris = audited.map(({ requestUri }) => requestUri)
  const isShared = (uri: string): boolean => uri.includes(HOST)
  if (uris.length > 0 && uris.every((uri) => isShared(uri) === (gateway === 'shared'))) return
  throw new Error(`It was not the ${gateway} gateway that answered: ${uris.join(', ')}`)
}

async function demandOpens(kms: RawKms, CiphertextBlob: string, plaintext: string): Promise<void> {
  const { body, code } = await kms.rpc({ action: 'Decrypt', parameters: { CiphertextBlob } })
  if (textOf(body, 'Plaintext') !== plaintext)
    throw new Error(`What it encrypted does not open: ${code}`)
}
