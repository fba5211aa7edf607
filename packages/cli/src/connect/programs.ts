import { dirname, join } from 'node:path'
import type { MessageName } from '../language/messages.ts'
import { shellWord } from '../output/shell-word.ts'
import type { ServerPlace } from './server-place.ts'
import type { TrustFiles } from './trust-files.ts'

/** What is known of the server; nothing of it is secret. */
export interface ServerFacts {
  readonly place: ServerPlace
  readonly trust: TrustFiles | undefined
  /** The id of the tenant, when it is said. */
  readonly tenant: string | undefined
}

/** What makes a program reach a server. */
interface ProgramSteps {
  readonly set: Readonly<Record<string, string>>
  readonly commands?: readonly string[]
}

interface ProgramKind {
  /** Every variable that it may set; these are taken away again. */
  readonly variables: readonly string[]
  /** Whether its trust variable replaces the roots it has. */
  readonly replacesRoots: boolean
  readonly notes: readonly MessageName[]
  readonly steps: (facts: ServerFacts) => ProgramSteps
  /** What takes back what is more than a variable. */
  readonly undo?: (trust: TrustFiles | undefined) => readonly string[]
}

const SDK_VARIABLES = ['AZURE_KEYVAULT_URL', 'AZURE_AUTHORITY_HOST', 'AZURE_TENANT_ID'] as const

/** The name under which az knows the server. */
const CLOUD = 'Claviger'

/** Java's own name for a store of public certificates that nobody has to keep secret. */
const STORE_PASSWORD = 'changeit'

/** What can be connected, and how. */
const PROGRAMS = {
  node: sdk('NODE_EXTRA_CA_CERTS'),
  python: sdk('REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'),
  java: {
    variables: [...SDK_VARIABLES, 'JAVA_TOOL_OPTIONS'],
    replacesRoots: false,
    notes: ['noteCredential', 'noteJava'],
    steps: javaSteps,
    undo: (trust) => (trust === undefined ? [] : [`rm -f ${shellWord(javaStoreOf(trust))}`]),
  },
  dotnet: sdk('SSL_CERT_FILE'),
  go: sdk('SSL_CERT_FILE'),
  az: {
    variables: ['REQUESTS_CA_BUNDLE'],
    replacesRoots: true,
    notes: ['noteAz'],
    steps: ({ place, trust }) => ({
      set: trustVariables(['REQUESTS_CA_BUNDLE'], trust),
      commands: [
        'az config set core.instance_discovery=false',
        `az cloud register -n ${CLOUD} --endpoint-resource-manager ${place.managementUrl}`,
        `az cloud set -n ${CLOUD}`,
      ],
    }),
    undo: () => [
      'az logout',
      'az cloud set -n AzureCloud',
      `az cloud unregister -n ${CLOUD}`,
      'az config unset core.instance_discovery',
    ],
  },
  terraform: {
    variables: ['ARM_METADATA_HOSTNAME', 'ARM_ENVIRONMENT', 'ARM_TENANT_ID', 'SSL_CERT_FILE'],
    replacesRoots: true,
    notes: ['noteTerraform'],
    steps: ({ place, trust, tenant }) => ({
      set: {
        // The provider's argument metadata_host.
        ARM_METADATA_HOSTNAME: place.management,
        ARM_ENVIRONMENT: CLOUD,
        ...(tenant === undefined ? {} : { ARM_TENANT_ID: tenant }),
        ...trustVariables(['SSL_CERT_FILE'], trust),
      },
    }),
  },
} as const satisfies Readonly<Record<string, ProgramKind>>

export type ProgramName = keyof typeof PROGRAMS

/** The programs that can be connected. */
export const PROGRAM_NAMES: readonly ProgramName[] = Object.keys(PROGRAMS) as ProgramName[]

/** Whether a word names one of them. */
export function isProgramName(word: string): word is ProgramName {
  return Object.hasOwn(PROGRAMS, word)
}

/** What stands in comments above the lines of a program. */
export function notesOf(name: ProgramName, trust: TrustFiles | undefined): readonly MessageName[] {
  const { notes, replacesRoots }: ProgramKind = PROGRAMS[name]
  if (trust === undefined) return [...notes, 'noteNoCa']
  return replacesRoots && trust.bundleFile === undefined ? [...notes, 'noteCaAlone'] : notes
}

/** The lines that a POSIX shell sources. */
export function linesOf(name: ProgramName, facts: ServerFacts): readonly string[] {
  const { steps }: ProgramKind = PROGRAMS[name]
  const { set, commands = [] } = steps(facts)
  const exported = Object.entries(set).map(
    ([variable, value]) => `export ${variable}=${shellWord(value)}`,
  )
  return [...exported, ...commands]
}

/** The lines that take it back from a shell that has sourced the others. */
export function undoLinesOf(name: ProgramName, trust: TrustFiles | undefined): readonly string[] {
  const { variables, undo }: ProgramKind = PROGRAMS[name]
  return [...(undo?.(trust) ?? []), `unset ${variables.join(' ')}`]
}

/** A program with an Azure SDK, and the variables by which it trusts. */
function sdk(...trusting: readonly string[]): ProgramKind {
  const isNode = trusting.includes('NODE_EXTRA_CA_CERTS')
  const isSystem = trusting.join() === 'SSL_CERT_FILE'
  return {
    variables: [...SDK_VARIABLES, ...trusting],
    replacesRoots: !isNode,
    notes: ['noteCredential', ...(isSystem ? (['noteSystemRoots'] as const) : [])],
    steps: (facts) => ({
      set: { ...sdkVariables(facts), ...trustVariables(trusting, facts.trust) },
    }),
  }
}

/** Of the tenant `adfs` the SDKs ask this server alone, and no public one. */
function sdkVariables({ place, tenant = 'adfs' }: ServerFacts): Readonly<Record<string, string>> {
  return {
    AZURE_KEYVAULT_URL: place.vaultUrl,
    AZURE_AUTHORITY_HOST: place.loginUrl,
    AZURE_TENANT_ID: tenant,
  }
}

/** Node adds to the roots it has; the others replace theirs, so they get a bundle of all. */
function trustVariables(
  names: readonly string[],
  trust: TrustFiles | undefined,
): Readonly<Record<string, string>> {
  if (trust === undefined) return {}
  const { caFile, bundleFile = caFile } = trust
  return Object.fromEntries(
    names.map((name) => [name, name === 'NODE_EXTRA_CA_CERTS' ? caFile : bundleFile]),
  )
}

function javaSteps(facts: ServerFacts): ProgramSteps {
  const set = sdkVariables(facts)
  if (facts.trust === undefined) return { set }
  const store = javaStoreOf(facts.trust)
  const word = shellWord(store)
  const given = /\s/.test(store) ? `"${store}"` : store
  const options = [
    `-Djavax.net.ssl.trustStore=${given}`,
    `-Djavax.net.ssl.trustStorePassword=${STORE_PASSWORD}`,
  ]
  return {
    set: { ...set, JAVA_TOOL_OPTIONS: options.join(' ') },
    // Java's own roots, and the CA: the store replaces them. Made once, and again when it is empty.
    commands: [
      `[ -s ${word} ] || { cat "$JAVA_HOME/lib/security/cacerts" >${word} &&`,
      `  keytool -importcert -noprompt -alias claviger -file ${shellWord(facts.trust.caFile)} \\`,
      `    -keystore ${word} -storepass ${STORE_PASSWORD}; }`,
    ],
  }
}

function javaStoreOf({ caFile }: TrustFiles): string {
  return join(dirname(caFile), 'claviger-java-trust-store')
}
