import { isFault, type SignInSession, type Tenant } from '@claviger/vault'
import type { Answer } from '../../door.ts'
import { sessionOf } from './browser-session.ts'
import { demandOwnForm } from './cookies.ts'
import { EntraRefusal } from './entra-error.ts'
import { entraFacts } from './entra-facts.ts'
import { sendToProvider } from './external-sign-in.ts'
import { html } from './html.ts'
import { knownClient } from './known-client.ts'
import { field, show, stepForm, type PageVisit } from './page-visit.ts'
import { problem } from './page.ts'
import { lockedOut, signInPage, takeSignIn, type Trouble } from './sign-in-step.ts'
import { readForm } from './token-form.ts'

/** A device whose code was typed. */
interface Device {
  readonly tenant: Tenant
  readonly userCode: string
  readonly app: string
  readonly address: string
}

/** Where people let a device sign in that shows them a code (RFC 8628 §3.3). */
export async function devicePage(visit: PageVisit): Promise<Answer> {
  const { request, query } = visit
  if (request.method !== 'POST') return codePage(visit, query.get('user_code') ?? '')
  const form = readForm(request)
  demandOwnForm(request, form)
  const userCode = form.get('user_code') ?? ''
  try {
    return await taken(visit, form, await deviceOf(visit, userCode))
  } catch (thrown) {
    const trouble = troubleOf(visit, thrown, userCode)
    if (trouble === undefined) throw thrown
    return codePage(visit, userCode, trouble)
  }
}

async function taken(visit: PageVisit, form: URLSearchParams, device: Device): Promise<Answer> {
  const { tenant, userCode, app } = device
  const wish = { tenant, app, fields: { user_code: userCode } }
  switch (form.get('step') ?? '') {
    case 'code': {
      const session = await sessionOf(visit, tenant)
      return session === undefined ? await signInPage(visit, wish) : confirmPage(visit, device, session)
    }
    case 'password':
    case 'passkey': {
      const outcome = await takeSignIn(visit, tenant, form)
      if (!('session' in outcome)) {
        const userName = form.get('user_name')
        const typed = userName === null ? {} : { userName }
        return await signInPage(visit, { ...wish, ...typed }, outcome)
      }
      const headers = { 'Set-Cookie': outcome.cookie }
      return confirmPage(visit, device, outcome.session, headers)
    }
    case 'external':
      return await sendToProvider(visit, tenant, { user_code: userCode })
    case 'switch':
      return await signInPage(visit, wish)
    case 'approve':
      return await answered(visit, device, true)
    case 'decline':
      return await answered(visit, device, false)
    default:
      throw new EntraRefusal('PageStale')
  }
}

async function answered(visit: PageVisit, device: Device, isApproved: boolean): Promise<Answer> {
  const { texts, options, request } = visit
  const { tenant, userCode } = device
  const session = await sessionOf(visit, tenant)
  if (session === undefined) throw new EntraRefusal('PageStale')
  const facts = entraFacts(request)
  await options.identity.devices.answer(tenant, session, userCode, isApproved, facts)
  const [title, lead] = isApproved
    ? [texts.approved, texts.approvedLead]
    : [texts.declined, texts.declinedLead]
  return show(visit, { title, content: html`<h1>${title}</h1><p>${lead}</p>` })
}

/** @throws Fault SignInFailed UserCodeWrong, TooManyRequests */
async function deviceOf({ options, request }: PageVisit, userCode: string): Promise<Device> {
  const { identity } = options
  const { tenant: id, record } = await identity.devices.waiting(userCode, entraFacts(request))
  const tenant = await (await identity.view()).tenant(id)
  if (tenant === undefined) throw new EntraRefusal('UserCodeWrong')
  const { name } = await knownClient(identity, tenant, record.client)
  return { tenant, userCode, app: name, address: record.address }
}

function codePage(visit: PageVisit, typed: string, trouble?: Trouble): Answer {
  const { texts } = visit
  const content = html`<h1>${texts.deviceTitle}</h1>
${problem(texts, trouble?.sentence, trouble?.number)}
<p>${texts.deviceLead}</p>
<div class="code">${stepForm(
  visit,
  'code',
  html`${field({
    name: 'user_code',
    label: texts.deviceCode,
    hint: texts.deviceCodeHint,
    type: 'text',
    value: typed.slice(0, 20),
    autocomplete: 'off',
    isWrong: trouble !== undefined,
  })}<button type="submit">${texts.next}</button>`,
)}</div>`
  const status = trouble === undefined ? {} : { status: trouble.status }
  return show(visit, { title: texts.deviceTitle, content, ...status })
}

/** Names what is asked: whoever was sent a code by somebody else is to notice it here. */
function confirmPage(
  visit: PageVisit,
  { userCode, app, address }: Device,
  { principal }: SignInSession,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const { texts } = visit
  const fields = { user_code: userCode }
  const name = principal.userPrincipalName ?? principal.displayName
  const button = (step: string, text: string, look: string) =>
    stepForm(visit, step, html`<button type="submit" class="${look}">${text}</button>`, fields)
  const content = html`<h1>${texts.confirmTitle}</h1>
<dl><dt>${texts.confirmApp}</dt><dd>${app}</dd>
<dt>${texts.confirmAddress}</dt><dd>${address}</dd>
<dt>${texts.deviceCode}</dt><dd>${userCode.toUpperCase()}</dd>
<dt>${texts.confirmAccount}</dt><dd>${name}</dd></dl>
<p class="warning">${texts.confirmWarning}</p>
${button('decline', texts.decline, 'first')}
${button('approve', texts.approve, 'second')}
${button('switch', texts.useAnother, 'second')}`
  return show(visit, { title: texts.confirmTitle, content, headers })
}

function troubleOf(visit: PageVisit, thrown: unknown, typed: string): Trouble | undefined {
  const { texts } = visit
  if (isFault(thrown, 'TooManyRequests')) {
    return lockedOut(visit, thrown.detail.retryAfterSeconds)
  }
  const isWrong = isFault(thrown, 'SignInFailed') && thrown.detail.reason === 'UserCodeWrong'
  if (!isWrong) return undefined
  const sentence = typed === '' ? texts.userCodeMissing : texts.wrongUserCode
  return { sentence, status: 400, number: 70_019 }
}
