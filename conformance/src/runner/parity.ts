import { readFileSync, writeFileSync } from 'node:fs'
import { REPOSITORY } from '../machine/repository.ts'
import type { AuditRow } from '../server/verify-audit.ts'

// What works is read from the audit of the servers that the clients talked to: an operation counts
// for a client when a request of that client reached it and succeeded. It makes `docs/parity.md`.

/** Which client a user agent belongs to; what is none of the official ones does not count. */
const AZURE_CLIENTS: Readonly<Record<string, RegExp>> = {
  // First, because it names the libraries that it is made of too.
  'azure-cli': /AZURECLI\//,
  '@azure/arm-keyvault': /azsdk-js-arm-keyvault\//,
  '@azure/arm-authorization': /azsdk-js-arm-authorization\//,
  '@azure/arm-resources': /azsdk-js-arm-resources\//,
  '@azure/keyvault-secrets': /azsdk-js-keyvault-secrets\//,
  '@azure/keyvault-keys': /azsdk-js-keyvault-keys\//,
  '@azure/keyvault-certificates': /azsdk-js-keyvault-certificates\//,
  'azure-keyvault-secrets (Python)': /azsdk-python-keyvault-secrets\//,
  'azure-keyvault-keys (Python)': /azsdk-python-keyvault-keys\//,
  'azure-keyvault-certificates (Python)': /azsdk-python-keyvault-certificates\//,
  'azure-security-keyvault-secrets (Java)': /azsdk-java-azure-security-keyvault-secrets\//,
  'azure-security-keyvault-keys (Java)': /azsdk-java-azure-security-keyvault-keys\//,
  // The one of the three that does not know its own name.
  'azure-security-keyvault-certificates (Java)': /azsdk-java-UnknownName\//,
  'azure-sdk-for-go azsecrets': /azsdk-go-azsecrets\//,
  'azure-sdk-for-go azkeys': /azsdk-go-azkeys\//,
  'azure-sdk-for-go azcertificates': /azsdk-go-azcertificates/,
}

/**
 * The same for Alibaba Cloud KMS. The generic clients are told by our programs to name themselves;
 * one that asks both gateways is, at the shared one, the client of that.
 */
const ALIBABA_CLIENTS: Readonly<Record<string, RegExp>> = {
  '@alicloud/kms20160120': /^AlibabaCloud .* Node\.js\/\S+ Core\/\S+ TeaDSL\/\d+$/,
  '@alicloud/openapi-core': /^AlibabaCloud .* openapi-core$/,
  '@alicloud/openapi-client': /^AlibabaCloud .* openapi-client$/,
  'alibabacloud-kms20160120 (Python)': /^AlibabaCloud .* Python\/\S+ Core\/\S+ TeaDSL\/\d+$/,
  'aliyun-python-sdk-kms': /^AlibabaCloud .* Python\/\S+ Core\/\S+ python-requests\/\S+$/,
  'alibabacloud-dkms-gcs': /^AlibabaCloud .* Python\/\S+ kms-gcs-python-sdk-version\//,
  'alibabacloud-kms-python-sdk': /^AlibabaCloud .* alibabacloud-kms-python-sdk-\S+ kms-gcs-/,
  'kms20160120 (Java)': /^AlibabaCloud .* Java\/\S+ tea-util\/\S+ TeaDSL\/\d+$/,
  'alibabacloud-dkms-gcs-sdk (Java)': /^AlibabaCloud .* Java\/\S+ kms-gcs-java-sdk-version\//,
  'kms-20160120 (Go)': /^AlibabaCloud .* Golang\/\S+ Core\/\S+ TeaDSL\/\d+$/,
  'alibabacloud-dkms-gcs-go-sdk': /^AlibabaCloud .* Golang\/\S+ kms-gcs-go-sdk-version\//,
}

/** They are carried out and recorded, but their answer always is a refusal. */
const ALWAYS_REFUSED: readonly string[] = ['ConnectKmsInstance', 'OpenKmsService']

const FILE = `${REPOSITORY}docs/parity.json`

/** Operations by client, as audited; both sorted. */
export type Parity = Readonly<Record<string, readonly string[]>>

const seen = new Map<string, Set<string>>()

/** Takes note of what succeeded on one server. */
export function notePassed(requests: readonly AuditRow[]): void {
  for (const { clientInfo, operationName, status } of requests) {
    if (status < 300) note(AZURE_CLIENTS, clientInfo, operationName)
  }
  // One action may be several operations; the last one says whether it was served.
  const lastOfEach = new Map(requests.map((row) => [row.correlationId, row]))
  for (const { clientInfo, requestUri, status } of lastOfEach.values()) {
    const action = /\/\?Action=(\w+)$/.exec(requestUri)?.[1]
    if (action === undefined || status >= 300 || ALWAYS_REFUSED.includes(action)) continue
    note(ALIBABA_CLIENTS, clientInfo, action)
  }
}

function note(clients: Readonly<Record<string, RegExp>>, agent: string, operation: string): void {
  const client = Object.keys(clients).find((name) => clients[name]?.test(agent) === true)
  if (client === undefined) return
  seen.set(client, (seen.get(client) ?? new Set()).add(operation))
}

/** Takes note of what a suite has seen that ran in a process of its own. */
export function noteParity(parity: Parity): void {
  for (const [client, operations] of Object.entries(parity)) {
    seen.set(client, new Set([...(seen.get(client) ?? []), ...operations]))
  }
}

/** What was seen in this run. */
export function parityOfThisRun(): Parity {
  const names = Object.keys({ ...AZURE_CLIENTS, ...ALIBABA_CLIENTS })
  return Object.fromEntries(names.map((name) => [name, [...(seen.get(name) ?? [])].toSorted()]))
}

/** Keeps what was seen as the committed evidence. */
export function writeParity(): void {
  writeFileSync(FILE, `${JSON.stringify(parityOfThisRun(), undefined, 2)}\n`)
}

/** @throws Error when the committed evidence and this run, of all suites, say different things. */
export function demandParityIsCurrent(): void {
  const committed = JSON.stringify(JSON.parse(readFileSync(FILE, 'utf8')))
  if (committed === JSON.stringify(parityOfThisRun())) return
  throw new Error(
    'docs/parity.json says something else than this run; see what changed, then type ' +
      '"npm run conformance -- --write-parity" and "npm run docs".',
  )
}
