import { readFile } from 'node:fs/promises'
import { isGuid, parsePublicJwks, type IssuerKeyPlace, type TrustedIssuer } from '@claviger/vault'
import { ConfigError } from './config.ts'

const MEMBERS: ReadonlySet<string> = new Set([
  'issuer',
  'jwksUri',
  'jwks',
  'tenant',
  'audiences',
  'principalClaim',
])
const LARGEST_BYTES = 1_048_576

/**
 * Reads the file of further token issuers: a JSON list of `{ issuer, jwksUri | jwks, tenant,
 * audiences, principalClaim }`, of which `issuer` alone is needed. Without `jwksUri` and `jwks` the
 * keys are where the issuer's OpenID metadata says.
 * @throws ConfigError once, with every problem.
 */
export async function readTrustedIssuers(path: string): Promise<readonly TrustedIssuer[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : ''
    throw new ConfigError([`${path}, the file of trusted issuers, cannot be read${code}.`])
  })
  const problems: string[] = []
  const issuers = parseTrustedIssuers(text, problems)
  if (problems.length > 0) throw new ConfigError(problems.map((problem) => `${path}: ${problem}`))
  return issuers
}

/** Parses the text of the file; what is wrong with it is added to `problems`. */
export function parseTrustedIssuers(text: string, problems: string[]): readonly TrustedIssuer[] {
  const document = parseJson(text)
  if (!Array.isArray(document)) {
    problems.push('it must be a JSON list of issuers, of 1 MiB at most.')
    return []
  }
  const entries: readonly unknown[] = document
  const issuers = entries.flatMap((entry, index) => {
    const issuer = parseEntry(entry, (problem) => problems.push(`entry ${index + 1}: ${problem}`))
    return issuer === undefined ? [] : [issuer]
  })
  const names = issuers.map(({ issuer }) => issuer)
  for (const name of new Set(names.filter((one, index) => names.indexOf(one) !== index))) {
    problems.push(`the issuer ${quote(name)} is there twice; keep one of the two.`)
  }
  return issuers
}

type Report = (problem: string) => void

function parseEntry(entry: unknown, report: Report): TrustedIssuer | undefined {
  if (!isObject(entry)) {
    report('it must be an object.')
    return undefined
  }
  for (const name of Object.keys(entry))
    if (!MEMBERS.has(name)) report(`${quote(name)} is not a member; remove it.`)
  const { issuer, tenant, audiences, principalClaim } = entry
  const isIssuer = typeof issuer === 'string' && isHttps(issuer)
  if (!isIssuer) report('issuer must be the https URL in the `iss` of its tokens.')
  const keys = keysOf(entry, isIssuer ? issuer : '', report)
  if (tenant !== undefined && !(typeof tenant === 'string' && isGuid(tenant))) {
    report('tenant must be the GUID of a tenant of this server.')
  }
  if (audiences !== undefined && !isTexts(audiences))
    report('audiences must be a list of texts, one at least.')
  if (
    principalClaim !== undefined &&
    !(typeof principalClaim === 'string' && principalClaim !== '')
  ) {
    report('principalClaim must be the name of a claim, such as `oid` or `sub`.')
  }
  if (!isIssuer || keys === undefined) return undefined
  return {
    issuer,
    keys,
    ...(typeof tenant === 'string' ? { tenant: tenant.toLowerCase() } : {}),
    ...(isTexts(audiences) ? { audiences } : {}),
    ...(typeof principalClaim === 'string' ? { principalClaim } : {}),
  }
}

function keysOf(
  { jwksUri, jwks }: Record<string, unknown>,
  issuer: string,
  report: Report,
): IssuerKeyPlace | undefined {
  if (jwksUri !== undefined && jwks !== undefined) {
    report('give jwksUri or jwks, not both.')
    return undefined
  }
  if (jwks !== undefined) {
    const parsed = parsePublicJwks(jwks)
    if (parsed !== undefined && parsed.keys.length > 0) return { jwks: parsed }
    report('jwks must be a JWK set with public keys.')
    return undefined
  }
  if (jwksUri === undefined) return { issuer }
  if (typeof jwksUri === 'string' && isHttps(jwksUri)) return { jwksUri }
  report('jwksUri must be an https URL.')
  return undefined
}

function parseJson(text: string): unknown {
  if (text.length > LARGEST_BYTES) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isHttps(text: string): boolean {
  return URL.parse(text)?.protocol === 'https:'
}

function isTexts(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((one) => typeof one === 'string' && one !== '')
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 200))
}
