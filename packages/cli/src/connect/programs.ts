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
/** Says, among others, where the Java in PATH is, which many systems do not tell in JAVA_HOME. */
const JAVA_SETTINGS = 'java -XshowSettings:properties -version'
/** What adds to the roots that a program has; all other variables replace them. */
const ADDING: readonly string[] = ['NODE_EXTRA_CA_CERTS', 'DENO_CERT']

const OF_GO = ['noteCredential', 'noteTenant', 'noteSystemRoots'] as const

/** What can be connected, and how. */
const PROGRAMS = {
  node: sdk('NODE_EXTRA_CA_CERTS'),
  deno: sdk('DENO_CERT'),
  bun: sdk('NODE_EXTRA_CA_CERTS'),
  python: sdk('REQUESTS_CA_BUNDLE', 'SSL_CERT_FILE'),
  java: {
    variables: [...SDK_VARIABLES, 'JAVA_TOOL_OPTIONS'],
    replacesRoots: false,
    notes: ['noteCredential', 'noteTenant', 'noteJava'],
    steps: javaSteps,
    undo: (trust) => {
      if (trust === undefined) return []
      const word = shellWord(javaStoreOf(trust))
      return [`rm -f ${word} ${word}.new ${word}.ca.pem`]
    },
  },
  dotnet: sdk('SSL_CERT_FILE'),
  go: { ...sdk('SSL_CERT_FILE'), notes: OF_GO, steps: goSteps },
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
  const exported = Object.entries(set).flatMap(([variable, value]) => [
    `[ "\${${variable}-}" = ${shellWord(value)} ] || ${keepingLine(variable)}`,
    `export ${variable}=${shellWord(value)}`,
  ])
  return [...exported, ...commands]
}

/** The lines that take it back from a shell that has sourced the others. */
export function undoLinesOf(name: ProgramName, trust: TrustFiles | undefined): readonly string[] {
  const { variables, undo }: ProgramKind = PROGRAMS[name]
  return [...(undo?.(trust) ?? []), ...variables.map(givingBackLine)]
}

// What a variable had before stands in another one, and stays there: several programs have the same
// variables, and each may be taken back.
function keptOf(variable: string): string {
  return `CLAVIGER_KEPT_${variable}`
}

function keepingLine(variable: string): string {
  const kept = keptOf(variable)
  return `if [ -n "\${${variable}+x}" ]; then export ${kept}="$${variable}"; else unset ${kept}; fi`
}

function givingBackLine(variable: string): string {
  const kept = keptOf(variable)
  return `if [ -n "\${${kept}+x}" ]; then export ${variable}="$${kept}"; else unset ${variable}; fi`
}

/** A program with an Azure SDK, and the variables by which it trusts. */
function sdk(...trusting: readonly string[]): ProgramKind {
  const isSystem = trusting.join() === 'SSL_CERT_FILE'
  return {
    variables: [...SDK_VARIABLES, ...trusting],
    replacesRoots: !trusting.some((name) => ADDING.includes(name)),
    notes: ['noteCredential', ...(isSystem ? (['noteSystemRoots'] as const) : [])],
    steps: (facts) => ({
      set: { ...sdkVariables(facts, 'adfs'), ...trustVariables(trusting, facts.trust) },
    }),
  }
}

/**
 * Of the tenant `adfs` the SDKs ask this server alone, and no public one. Those for Java and Go
 * refuse that word, because a vault names its tenant by the id; for them nothing is better.
 */
function sdkVariables(
  { place, tenant }: ServerFacts,
  unsaid?: 'adfs',
): Readonly<Record<string, string>> {
  const id = tenant ?? unsaid
  return {
    AZURE_KEYVAULT_URL: place.vaultUrl,
    AZURE_AUTHORITY_HOST: place.loginUrl,
    ...(id === undefined ? {} : { AZURE_TENANT_ID: id }),
  }
}

/** What replaces the roots of a program gets a bundle of all. */
function trustVariables(
  names: readonly string[],
  trust: TrustFiles | undefined,
): Readonly<Record<string, string>> {
  if (trust === undefined) return {}
  const { caFile, bundleFile = caFile } = trust
  return Object.fromEntries(
    names.map((name) => [name, ADDING.includes(name) ? caFile : bundleFile]),
  )
}

function goSteps(facts: ServerFacts): ProgramSteps {
  const set = sdkVariables(facts)
  return { set: { ...set, ...trustVariables(['SSL_CERT_FILE'], facts.trust) } }
}

function javaSteps(facts: ServerFacts): ProgramSteps {
  const set = sdkVariables(facts)
  if (facts.trust === undefined) return { set }
  const store = javaStoreOf(facts.trust)
  const word = shellWord(store)
  const ca = shellWord(facts.trust.caFile)
  const given = /\s/.test(store) ? `"${store}"` : store
  const options = [
    `-Djavax.net.ssl.trustStore=${given}`,
    `-Djavax.net.ssl.trustStorePassword=${STORE_PASSWORD}`,
  ]
  return {
    set,
    // Java's own roots, and the CA: the store replaces them. Made again for another CA than the
    // one it was made with, of which a copy lies beside it.
    commands: [
      `cmp -s ${ca} ${word}.ca.pem || (`,
      '  unset JAVA_TOOL_OPTIONS',
      `  home=\${JAVA_HOME:-$(${JAVA_SETTINGS} 2>&1 | sed -n 's/^ *java\\.home = //p')}`,
      `  cat "$home/lib/security/cacerts" >${word}.new &&`,
      `    "$home/bin/keytool" -importcert -noprompt -alias claviger -file ${ca} \\`,
      `      -keystore ${word}.new -storepass ${STORE_PASSWORD} &&`,
      `    mv ${word}.new ${word} && cat ${ca} >${word}.ca.pem`,
      ')',
      // Beside what stands there, such as the size of the heap; an empty store would trust nobody.
      `if [ -s ${word} ]; then case "\${JAVA_TOOL_OPTIONS-}" in`,
      `  *${shellWord(options.join(' '))}*) ;;`,
      '  *)',
      `    ${keepingLine('JAVA_TOOL_OPTIONS')}`,
      `    JAVA_TOOL_OPTIONS="\${JAVA_TOOL_OPTIONS:+$JAVA_TOOL_OPTIONS }"${shellWord(options.join(' '))}`,
      '    export JAVA_TOOL_OPTIONS ;;',
      'esac; fi',
    ],
  }
}

function javaStoreOf({ caFile }: TrustFiles): string {
  return join(dirname(caFile), 'claviger-java-trust-store')
}
