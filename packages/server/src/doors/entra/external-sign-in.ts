import { randomBytes } from 'node:crypto'
import { Fault, type Tenant, type UserProof } from '@claviger/vault'
import type { Answer } from '../../door.ts'
import { faultFields } from '../../fault-fields.ts'
import { originOf } from '../../origin.ts'
import { redirectAnswer } from './authorize-answer.ts'
import { anySessionOf, beginSession } from './browser-session.ts'
import { EntraRefusal } from './entra-error.ts'
import type { ExternalFlow, ExternalProvider, ProvidedUser } from './external-provider.ts'
import { html } from './html.ts'
import { show, type PageVisit } from './page-visit.ts'

/** Where the provider sends browsers back; registered there. */
export const CALLBACK = '/federated/callback'

const PURPOSE = 'external sign-in'
const MAXIMUM_RETURN = 1800

/** What goes to the provider and back inside of `state`, sealed. */
interface Kept {
  readonly nonce: string
  readonly verifier: string
  /** Path and query of the page that the person was on. */
  readonly page: string
}

/**
 * Sends a person to the external provider, to come back to the page that it left.
 * @param fields of the page's form, which its query is to have.
 */
export async function sendToProvider(
  visit: PageVisit,
  tenant: Tenant,
  fields: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const provider = providerFor(visit, tenant)
  const { options, formKey } = visit
  const kept: Kept = { nonce: random(), verifier: random(), page: pageOf(visit, fields) }
  const wanted = { purpose: PURPOSE, binding: formKey.binding }
  const state = await options.identity.people.challenge(tenant, wanted, JSON.stringify(kept))
  try {
    const url = await provider.begin(flowOf(visit, state, kept), await isWantedAnew(visit))
    return leave(visit, url)
  } catch (thrown) {
    throw failed(visit, thrown)
  }
}

/**
 * Not a redirect: browsers hold `form-action` against every one behind a form, and where a provider
 * leads to in the end, only it knows.
 */
function leave(visit: PageVisit, url: string): Answer {
  const { texts } = visit
  const content = html`<h1>${texts.leaving}</h1>
<p>${texts.leavingLead}</p>
<p><a href="${url}">${texts.goOn}</a></p>`
  return show(visit, { title: texts.leaving, content, goesTo: url })
}

/** Takes a person back from the provider. @throws EntraRefusal, Fault SignInFailed */
export async function returnFromProvider(visit: PageVisit, tenant: Tenant): Promise<Answer> {
  const provider = providerFor(visit, tenant)
  const { query, options, formKey, request } = visit
  const state = query.get('state') ?? ''
  const wanted = { purpose: PURPOSE, binding: formKey.binding }
  const { data } = await options.identity.people.openChallenge(tenant, state, wanted)
  // Sealed by `sendToProvider`, so its type is trusted.
  const kept = JSON.parse(data ?? '{}') as Kept
  // Who has cancelled there chooses again here, where the program can be told of it as well.
  if (query.get('error') === 'access_denied') return redirectAnswer(visit, kept.page)
  let user: ProvidedUser
  try {
    user = await provider.finish(flowOf(visit, state, kept), request.query)
  } catch (thrown) {
    throw failed(visit, thrown)
  }
  const { cookie } = await beginSession(visit, tenant, proofOf(provider, user))
  return redirectAnswer(visit, afterSignIn(kept.page), { 'Set-Cookie': cookie })
}

function providerFor({ options }: PageVisit, tenant: Tenant): ExternalProvider {
  if (options.provider === undefined || !tenant.isDefault) throw new EntraRefusal('NotFound')
  return options.provider
}

function proofOf({ makesUsers }: ExternalProvider, user: ProvidedUser): UserProof {
  const { issuer, subject, userName, displayName = subject } = user
  const identity = { issuer, subject }
  const named = userName === undefined ? {} : { userName }
  return makesUsers
    ? { kind: 'external', identity, make: { displayName, ...named } }
    : { kind: 'external', identity }
}

function flowOf({ request }: PageVisit, state: string, { nonce, verifier }: Kept): ExternalFlow {
  return { redirectUri: `${originOf(request)}${CALLBACK}`, state, nonce, verifier }
}

/** Tells whether the program wants a new sign-in, or somebody signed in here begins another one. */
async function isWantedAnew(visit: PageVisit): Promise<boolean> {
  const { query } = visit
  const isAsked = query.has('max_age') || /\blogin\b/i.test(query.get('prompt') ?? '')
  return isAsked || (await anySessionOf(visit)) !== undefined
}

/** Without what asks for a new sign-in, or whoever comes from one would be asked once more. */
function afterSignIn(page: string): string {
  const [path = '', query] = page.split('?', 2)
  const kept = new URLSearchParams(query)
  for (const name of ['prompt', 'max_age']) kept.delete(name)
  return `${path}?${kept.toString()}`
}

function pageOf({ path, query }: PageVisit, fields: Readonly<Record<string, string>>): string {
  const kept = new URLSearchParams(query)
  for (const [name, value] of Object.entries(fields)) kept.set(name, value)
  const page = `${path}?${kept.toString()}`
  if (page.length <= MAXIMUM_RETURN) return page
  throw new EntraRefusal('RequestMalformed', 'it is too long to be sent on to another provider')
}

/** What a provider says of an error is for the log, not for the page. */
function failed({ options, request }: PageVisit, thrown: unknown): unknown {
  if (thrown instanceof Fault) return thrown
  const { requestId } = request
  const told = { requestId, ...faultFields(thrown) }
  options.log.warn('The external OpenID Connect provider has not signed somebody in.', told)
  return new EntraRefusal('ExternalProviderFailed')
}

function random(): string {
  return randomBytes(32).toString('base64url')
}
