import { redirectKind, type Tenant } from '@claviger/vault'
import type { Answer } from '../../door.ts'
import { formTargetOf, redirectAnswer } from './authorize-answer.ts'
import { anySessionOf, endSession } from './browser-session.ts'
import { demandOwnForm, NO_SESSION_COOKIE } from './cookies.ts'
import { html } from './html.ts'
import { knownClient } from './known-client.ts'
import { show, stepForm, type PageVisit } from './page-visit.ts'
import { readForm, single } from './token-form.ts'

/**
 * Ends the session of the browser, whichever tenant the path names. It asks first: any page could
 * send somebody here.
 * @throws EntraRefusal
 */
export async function logoutPage(visit: PageVisit, tenant: Tenant): Promise<Answer> {
  const { request, texts } = visit
  if (request.method === 'POST') {
    demandOwnForm(request, readForm(request))
    await endSession(visit)
    const next = await nextOf(visit, tenant)
    const headers = { 'Set-Cookie': NO_SESSION_COOKIE }
    return next === undefined ? signedOut(visit, headers) : redirectAnswer(visit, next, headers)
  }
  const found = await anySessionOf(visit)
  const next = await nextOf(visit, tenant)
  if (found === undefined) {
    return next === undefined ? signedOut(visit) : redirectAnswer(visit, next)
  }
  const { displayName, userPrincipalName } = found.session.principal
  const content = html`<h1>${texts.signOutQuestion}</h1>
<p>${texts.signedInAs(userPrincipalName ?? displayName)}</p>
${stepForm(visit, 'sign-out', html`<button type="submit">${texts.signOut}</button>`)}`
  const target = next === undefined ? {} : { formTarget: formTargetOf({ redirectUri: next }) }
  return show(visit, { title: texts.signOut, content, ...target })
}

/** Where a program wants the browser back: at an address that it has registered, or nowhere. */
async function nextOf({ query, options }: PageVisit, tenant: Tenant): Promise<string | undefined> {
  const wanted = single(query, 'post_logout_redirect_uri')
  const clientId = single(query, 'client_id')
  if (wanted === undefined || clientId === undefined) return undefined
  const client = await knownClient(options.identity, tenant, clientId)
  const target = URL.parse(wanted)
  if (target === null || redirectKind(client, wanted) === undefined) return undefined
  const state = single(query, 'state')
  if (state !== undefined) target.searchParams.set('state', state.slice(0, 4096))
  return target.href
}

function signedOut(visit: PageVisit, headers: Readonly<Record<string, string>> = {}): Answer {
  const { texts } = visit
  const content = html`<h1>${texts.signedOut}</h1><p>${texts.signedOutLead}</p>`
  return show(visit, { title: texts.signedOut, content, headers })
}
