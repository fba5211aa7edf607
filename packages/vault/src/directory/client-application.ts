import type { AccessView } from '../access/access-cache.ts'
import { isGuid } from '../identifier.ts'
import type { UnitOfWork } from '../unit-of-work.ts'
import { applicationObjectKey, type Application } from './application.ts'
import type { Json } from './attributes.ts'
import { applicationKey, type ApplicationIndex } from './principal.ts'

/** A program that people sign in to. */
export interface ClientApplication {
  /** Client id, lower case. */
  readonly id: string
  readonly name: string
  /** It keeps no secret, so it proves itself by none. */
  readonly redirects: readonly string[]
  /** It keeps a secret, and shows it when it comes from one of these. */
  readonly confidentialRedirects: readonly string[]
  /** Whether it may ask for tokens without a redirect: by device code. */
  readonly allowsDeviceCode: boolean
}

const LOOPBACK = ['http://localhost', 'http://127.0.0.1', 'http://[::1]'] as const

/** Clients that everybody has: they are known in every tenant and can only be redirected here. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  '04b07795-8ddb-461a-bbee-02f9e1bf7b46': 'Azure CLI',
  '1950a258-227b-4e31-a9cf-717495945fc2': 'Azure PowerShell',
  'aebc6443-996d-45c2-90f0-388ff96faa56': 'Visual Studio Code',
  '872cd9fa-d31f-45e0-9eab-6e460a02d1f1': 'Visual Studio',
}

/** The client that a client id names; `undefined` when there is none that people may sign in to. */
export async function clientApplication(
  unit: UnitOfWork,
  view: AccessView,
  tenant: string,
  clientId: string,
): Promise<ClientApplication | undefined> {
  const id = clientId.toLowerCase()
  const name = WELL_KNOWN[id]
  if (name !== undefined) {
    return { id, name, redirects: LOOPBACK, confidentialRedirects: [], allowsDeviceCode: true }
  }
  if (!isGuid(id)) return undefined
  const principal = await view.principalOfApplication(tenant, id)
  if (principal?.enabled !== true || principal.kind !== 'application') return undefined
  const index = await unit.get<ApplicationIndex>(applicationKey(tenant, id))
  const object = index?.meta.application
  if (object === undefined) return undefined
  const found = await unit.get<Application>(applicationObjectKey(tenant, object))
  if (found === undefined) return undefined
  const { displayName, attributes = {} } = found.meta
  const uris = (platform: string): readonly string[] => textsOf(memberOf(attributes[platform]))
  return {
    id,
    name: displayName,
    redirects: [...uris('publicClient'), ...uris('spa')],
    confidentialRedirects: uris('web'),
    allowsDeviceCode: attributes['isFallbackPublicClient'] === true,
  }
}

/** What a browser would run or open by itself, instead of handing it to a program. */
const NO_PROGRAMS: ReadonlySet<string> = new Set([
  'about:', 'blob:', 'data:', 'file:', 'filesystem:', 'javascript:', 'vbscript:', 'view-source:',
])

/** As much of a redirect URI is kept with each code. */
const MAXIMUM_URI_CHARACTERS = 2048

/** How a client may be redirected to an address; `undefined` when it may not. */
export function redirectKind(
  { redirects, confidentialRedirects }: ClientApplication,
  uri: string,
): 'public' | 'confidential' | undefined {
  if (uri.length > MAXIMUM_URI_CHARACTERS) return undefined
  const target = URL.parse(uri)
  if (target === null || NO_PROGRAMS.has(target.protocol)) return undefined
  // Confidential first: what is registered as both must not do without the secret.
  if (confidentialRedirects.some((registered) => isRedirect(registered, uri))) return 'confidential'
  return redirects.some((registered) => isRedirect(registered, uri)) ? 'public' : undefined
}

/**
 * Tells whether an address is the registered one: letter by letter, but for the port of a loopback
 * address, which a native program does not choose (RFC 8252 §7.3). A loopback address without a path
 * stands for every path.
 */
function isRedirect(registered: string, uri: string): boolean {
  if (registered === uri) return true
  const [known, asked] = [URL.parse(registered), URL.parse(uri)]
  if (known === null || asked === null || !isLoopback(known) || !isLoopback(asked)) return false
  const isSamePath = known.pathname === '/' || known.pathname === asked.pathname
  return known.hostname === asked.hostname && isSamePath
}

function isLoopback({ protocol, hostname, username, password, search, hash }: URL): boolean {
  const isPlain = `${username}${password}${search}${hash}` === ''
  return protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname) && isPlain
}

function memberOf(platform: Json | undefined): Json | undefined {
  const isObject = typeof platform === 'object' && platform !== null && !Array.isArray(platform)
  return isObject ? (platform as Readonly<Record<string, Json>>)['redirectUris'] : undefined
}

function textsOf(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return []
  return value.filter((one): one is string => typeof one === 'string')
}
