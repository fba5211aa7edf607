import type { Answer } from '../../door.ts'
import { originOf } from '../../origin.ts'
import { correlationIdOf } from '../sign-in/sign-in-facts.ts'
import type { AuthorizeTarget } from './authorize-request.ts'
import { ENTRA_ERRORS, type EntraRefusal } from './entra-error.ts'
import { html } from './html.ts'
import { show, type PageVisit } from './page-visit.ts'
import { errorDescription } from './render-error.ts'

/** Sends the browser back to the program. */
export function answerProgram(
  visit: PageVisit,
  { redirectUri, responseMode, state }: AuthorizeTarget,
  parameters: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const all = { ...parameters, ...(state === undefined ? {} : { state }) }
  if (responseMode === 'form_post') return formPost(visit, redirectUri, all, headers)
  const target = new URL(redirectUri)
  if (responseMode === 'fragment') target.hash = new URLSearchParams(all).toString()
  else for (const [name, value] of Object.entries(all)) target.searchParams.set(name, value)
  return redirectAnswer(visit, target.href, headers)
}

/** Sends the browser on with GET, whatever it has come by. */
export function redirectAnswer(
  { request }: PageVisit,
  location: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const fixed = {
    Location: location,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'x-ms-request-id': request.requestId,
  }
  return { status: 303, headers: { ...fixed, ...headers }, body: '' }
}

/** Tells the program what was wrong (RFC 6749 §4.1.2.1). */
export function refuseProgram(
  visit: PageVisit,
  target: AuthorizeTarget,
  { row, about }: EntraRefusal,
): Answer {
  const { request, options } = visit
  const { error, number, message } = ENTRA_ERRORS[row]
  const place = {
    origin: originOf(request),
    requestId: request.requestId,
    correlationId: correlationIdOf(request),
    now: options.clock.now(),
  }
  const description = errorDescription(`AADSTS${number}: ${message(about)}`, place)
  return answerProgram(visit, target, { error, error_description: description })
}

/** What a browser puts into the policy of a page whose form ends at the program. */
export function formTargetOf({ redirectUri }: Pick<AuthorizeTarget, 'redirectUri'>): string {
  const { origin, protocol, hostname } = new URL(redirectUri)
  // Schemes of native programs have no origin, and a policy cannot name an IPv6 address, nor a host
  // with a character that ends a directive.
  return origin === 'null' || !/^[0-9a-z._-]+$/.test(hostname) ? protocol : origin
}

/** A form that sends itself, or is sent by its button where there is no script. */
function formPost(
  visit: PageVisit,
  redirectUri: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>>,
): Answer {
  const { texts } = visit
  const inputs = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  )
  const title = 'error' in fields ? texts.returningRefused : texts.returning
  const content = html`<h1>${title}</h1>
<p>${texts.returningLead}</p>
<form method="post" action="${redirectUri}">${inputs}
<button type="submit">${texts.goOn}</button></form>`
  const formTarget = formTargetOf({ redirectUri })
  return show(visit, { title, content, script: 'return.js', formTarget, headers })
}
