import { epochSeconds, type SignInSession, type Tenant } from '@claviger/vault'
import type { Answer } from '../../door.ts'
import { answerProgram, formTargetOf, refuseProgram } from './authorize-answer.ts'
import {
  readTarget,
  readWish,
  type AuthorizeTarget,
  type AuthorizeWish,
} from './authorize-request.ts'
import { sessionOf, type BegunSession } from './browser-session.ts'
import { demandOwnForm } from './cookies.ts'
import { EntraRefusal } from './entra-error.ts'
import { entraFacts } from './entra-facts.ts'
import { sendToProvider } from './external-sign-in.ts'
import { html } from './html.ts'
import { show, stepForm, type PageVisit } from './page-visit.ts'
import { signInPage, takeSignIn } from './sign-in-step.ts'
import { readForm } from './token-form.ts'

interface Authorization {
  readonly visit: PageVisit
  readonly tenant: Tenant
  readonly target: AuthorizeTarget
  readonly wish: AuthorizeWish
}

/**
 * The authorization endpoint (RFC 6749 §3.1): shows the page of the sign-in, unless somebody is
 * signed in already and the program does not mind, and sends the code to the program.
 * @throws EntraRefusal what is told on a page
 */
export async function authorizePage(visit: PageVisit, tenant: Tenant): Promise<Answer> {
  const { request, options, query } = visit
  const { identity, settings } = options
  const target = await readTarget(query, identity, tenant)
  try {
    const authorization = { visit, tenant, target, wish: readWish(query, settings) }
    return request.method === 'POST' ? await taken(authorization) : await asked(authorization)
  } catch (thrown) {
    if (thrown instanceof EntraRefusal && thrown.row !== 'PageStale') {
      return refuseProgram(visit, target, thrown)
    }
    throw thrown
  }
}

async function asked(authorization: Authorization): Promise<Answer> {
  const { visit, tenant, wish } = authorization
  const session = await sessionOf(visit, tenant)
  const isFresh = session !== undefined && !isTooOld(authorization, session)
  if (wish.prompt === 'none') {
    if (isFresh) return await codeFor(authorization, session)
    throw new EntraRefusal('LoginRequired')
  }
  if (!isFresh || wish.prompt === 'login') return await signIn(authorization)
  if (wish.prompt === 'select_account') return accountPage(authorization, session)
  return await codeFor(authorization, session)
}

async function taken(authorization: Authorization): Promise<Answer> {
  const { visit, tenant, wish } = authorization
  const form = readForm(visit.request)
  demandOwnForm(visit.request, form)
  switch (form.get('step') ?? '') {
    case 'password':
    case 'passkey': {
      const outcome = await takeSignIn(visit, tenant, form)
      if ('session' in outcome) return await codeFor(authorization, outcome.session, outcome)
      return await signIn(authorization, outcome, form.get('user_name') ?? undefined)
    }
    case 'continue': {
      const session = await sessionOf(visit, tenant)
      const isFresh = session !== undefined && !isTooOld(authorization, session)
      // Also a page of ours that has no such button carries a form that could be sent with this step.
      if (!isFresh || wish.prompt === 'login') return await signIn(authorization)
      return await codeFor(authorization, session)
    }
    case 'external':
      return await sendToProvider(visit, tenant)
    case 'cancel':
      throw new EntraRefusal('SignInDeclined')
    case 'switch':
      return await signIn(authorization)
    default:
      throw new EntraRefusal('PageStale')
  }
}

function isTooOld({ visit, wish }: Authorization, { authenticatedAt }: SignInSession): boolean {
  const age = epochSeconds(visit.options.clock) - authenticatedAt
  return wish.maximumAge !== undefined && age > wish.maximumAge
}

async function codeFor(
  { visit, tenant, target, wish }: Authorization,
  session: SignInSession,
  begun?: BegunSession,
): Promise<Answer> {
  const { client, redirectUri, confidential } = target
  const { challenge, audience, offline, nonce } = wish
  const wanted = {
    client: client.id,
    confidential,
    redirectUri,
    challenge,
    audience,
    offline,
    ...(nonce === undefined ? {} : { nonce }),
  }
  const { userTokens } = visit.options.identity
  const code = await userTokens.giveCode(tenant, session, wanted, entraFacts(visit.request))
  const headers = begun === undefined ? {} : { 'Set-Cookie': begun.cookie }
  return answerProgram(visit, target, { code }, headers)
}

async function signIn(
  { visit, tenant, target, wish }: Authorization,
  trouble?: Parameters<typeof signInPage>[2],
  typed?: string,
): Promise<Answer> {
  const userName = typed ?? wish.loginHint
  const about = {
    tenant,
    app: target.client.name,
    formTarget: formTargetOf(target),
    canCancel: true,
    ...(userName === undefined ? {} : { userName }),
  }
  return await signInPage(visit, about, trouble)
}

/** Whoever is signed in goes on by one button, or somebody else signs in. */
function accountPage({ visit, target }: Authorization, { principal }: SignInSession): Answer {
  const { texts } = visit
  const name = principal.userPrincipalName ?? principal.displayName
  const button = (step: string, text: string, look: string) =>
    stepForm(visit, step, html`<button type="submit" class="${look}">${text}</button>`)
  const content = html`<h1>${texts.pickAccount}</h1>
<p>${texts.signInTo(target.client.name)}</p>
${button('continue', texts.continueAs(name), 'first')}
${button('switch', texts.useAnother, 'second')}
${button('cancel', texts.cancel, 'second')}`
  return show(visit, { title: texts.pickAccount, content, formTarget: formTargetOf(target) })
}
