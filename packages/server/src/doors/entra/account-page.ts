import {
  epochSeconds,
  isFault,
  Secret,
  type Call,
  type SignInSession,
  type Tenant,
} from '@claviger/vault'
import type { Answer } from '../../door.ts'
import { redirectAnswer } from './authorize-answer.ts'
import { sessionOf } from './browser-session.ts'
import { demandOwnForm, NO_SESSION_COOKIE } from './cookies.ts'
import { EntraRefusal } from './entra-error.ts'
import { entraFacts } from './entra-facts.ts'
import { sendToProvider } from './external-sign-in.ts'
import { html, type Html } from './html.ts'
import { field, hiddenFields, show, stepForm, type PageVisit } from './page-visit.ts'
import { problem } from './page.ts'
import { newPasskey, passkeyCreation } from './passkey-verification.ts'
import { lockedOut, signInPage, takeSignIn, type Trouble } from './sign-in-step.ts'
import { readForm } from './token-form.ts'

const PASSKEY_ADD = 'passkey add'
/** A passkey outlives sessions and passwords, so whoever adds one has signed in just before. */
const FRESH_SECONDS = 300

interface Account {
  readonly visit: PageVisit
  readonly tenant: Tenant
  readonly session: SignInSession
}

/** What a step has come to: a sentence about what was done, or about what was wrong. */
type Outcome = Trouble | { readonly done: string }

/** Where people look after their own password and passkeys. */
export async function accountPage(visit: PageVisit, tenant: Tenant): Promise<Answer> {
  const { request } = visit
  const session = await sessionOf(visit, tenant)
  if (request.method !== 'POST') {
    return session === undefined
      ? await signInPage(visit, { tenant })
      : await overview({ visit, tenant, session })
  }
  const form = readForm(request)
  demandOwnForm(request, form)
  const step = form.get('step')
  if (step === 'password' || step === 'passkey') {
    const outcome = await takeSignIn(visit, tenant, form)
    if (!('session' in outcome)) return await signInPage(visit, { tenant }, outcome)
    return redirectAnswer(visit, visit.action, { 'Set-Cookie': outcome.cookie })
  }
  if (step === 'external') return await sendToProvider(visit, tenant)
  if (session === undefined) return await signInPage(visit, { tenant })
  const account = { visit, tenant, session }
  if (step === 'change-password') return await changePassword(account, form)
  if (step === 'sign-in') return await signInPage(visit, { tenant })
  if (step === 'add-passkey') {
    if (!isFresh(account)) {
      return await signInPage(visit, { tenant }, { sentence: visit.texts.signInAgain, status: 403 })
    }
    return await overview(account, await addPasskey(account, form))
  }
  if (step === 'remove-passkey') return await overview(account, await removePasskey(account, form))
  throw new EntraRefusal('PageStale')
}

async function changePassword(account: Account, form: URLSearchParams): Promise<Answer> {
  const { visit, session } = account
  const { texts, options, request } = visit
  const [current, password, again] = ['current', 'new', 'again'].map((name) => form.get(name) ?? '')
  if (password !== again) {
    return await overview(account, { sentence: texts.passwordsDiffer, status: 400, field: 'again' })
  }
  const input = { current: Secret.fromText(current ?? ''), password: Secret.fromText(password ?? '') }
  const call = callOf(account)
  const credentials = await options.self.listCredentials(call, {})
  const passkeys = credentials.filter(({ kind }) => kind === 'passkey')
  try {
    const change = () => options.self.changePassword(call, input)
    await options.identity.people.limited(session, entraFacts(request), change)
  } catch (thrown) {
    const trouble = passwordTrouble(visit, thrown)
    if (trouble === undefined) throw thrown
    return await overview(account, trouble)
  }
  const headers = { 'Set-Cookie': NO_SESSION_COOKIE }
  const notice = html`<div class="done" role="status"><p>${texts.passwordChanged}</p></div>
${
  passkeys.length === 0
    ? undefined
    : html`<p>${texts.passkeysStay}</p>
<ul>${passkeys.map(({ displayName }) => html`<li>${displayName}</li>`)}</ul>`
}
<p><a href="${visit.action}">${texts.signIn}</a></p>`
  return show(visit, { title: texts.account, content: notice, headers })
}

function passwordTrouble(visit: PageVisit, thrown: unknown): Trouble | undefined {
  const { texts } = visit
  if (isFault(thrown, 'TooManyRequests')) {
    return lockedOut(visit, thrown.detail.retryAfterSeconds)
  }
  if (isFault(thrown, 'SignInFailed')) {
    return { sentence: texts.wrongCurrent, status: 400, field: 'current', number: 50_126 }
  }
  if (!isFault(thrown, 'InvalidInput')) return undefined
  return { sentence: texts.badPassword(thrown.detail.reason), status: 400, field: 'new' }
}

async function addPasskey({ visit, tenant, session }: Account, form: URLSearchParams): Promise<Outcome> {
  const { texts, options, request, formKey } = visit
  const challenge = form.get('challenge') ?? ''
  const displayName = (form.get('name') ?? '').trim().slice(0, 100)
  const wanted = { purpose: `${PASSKEY_ADD} ${session.user}`, binding: formKey.binding }
  const refused: Trouble = { sentence: texts.passkeyNotAdded, status: 400 }
  const { claim } = await options.identity.people.openChallenge(tenant, challenge, wanted)
  const passkey = await newPasskey(request, challenge, form.get('passkey') ?? '')
  if (passkey === undefined || displayName === '') return refused
  try {
    const call = callOf({ visit, tenant, session }, [claim])
    await options.self.addPasskey(call, { displayName, ...passkey })
    return { done: texts.passkeyAdded }
  } catch (thrown) {
    const isRefused =
      isFault(thrown, 'DirectoryObjectExists') ||
      isFault(thrown, 'InvalidInput') ||
      isFault(thrown, 'RequestReplayed')
    if (isRefused) return refused
    throw thrown
  }
}

async function removePasskey(account: Account, form: URLSearchParams): Promise<Outcome> {
  const { texts, options } = account.visit
  try {
    await options.self.removePasskey(callOf(account), { credential: form.get('credential') ?? '' })
  } catch (thrown) {
    const isGone = isFault(thrown, 'DirectoryObjectNotFound') || isFault(thrown, 'InvalidInput')
    if (!isGone) throw thrown
  }
  return { done: texts.passkeyRemoved }
}

async function overview(account: Account, outcome?: Outcome): Promise<Answer> {
  const { visit, session } = account
  const { texts, options, action } = visit
  const credentials = await options.self.listCredentials(callOf(account), {})
  const passkeys = credentials.filter(({ kind }) => kind === 'passkey')
  const hasPassword = credentials.some(({ kind }) => kind === 'password')
  const trouble = outcome !== undefined && 'sentence' in outcome ? outcome : undefined
  const { principal } = session
  const name = principal.userPrincipalName ?? principal.displayName
  const content = html`<h1>${texts.account}</h1>
${problem(texts, trouble?.sentence, trouble?.number)}
${outcome !== undefined && 'done' in outcome ? html`<div class="done" role="status"><p>${outcome.done}</p></div>` : undefined}
<p>${texts.signedInAs(name)} <a href="${signOutPath(action)}">${texts.signOut}</a></p>
<h2>${texts.passkeys}</h2>
<p>${texts.passkeysLead}</p>
${passkeys.length === 0 ? html`<p>${texts.noPasskeys}</p>` : undefined}
${passkeys.map(({ id, displayName }) =>
  stepForm(
    visit,
    'remove-passkey',
    html`<button type="submit" class="second">${texts.removePasskey(displayName)}</button>`,
    { credential: id },
  ),
)}
${
  isFresh(account)
    ? await addForm(account, passkeys.map(({ passkeyId = '' }) => passkeyId))
    : stepForm(visit, 'sign-in', html`<p>${texts.signInAgain}</p><button type="submit">${texts.signIn}</button>`)
}
<p data-without-passkey>${texts.needsScript}</p>
${hasPassword ? passwordForm(visit, name, trouble) : undefined}`
  const status = trouble === undefined ? {} : { status: trouble.status }
  return show(visit, { title: texts.account, content, script: 'passkey.js', ...status })
}

function isFresh({ visit, session }: Account): boolean {
  return epochSeconds(visit.options.clock) - session.authenticatedAt <= FRESH_SECONDS
}

/** @param known the passkeys that the user has, which are not made a second time. */
async function addForm({ visit, tenant, session }: Account, known: readonly string[]): Promise<Html> {
  const { texts, options, request, formKey, action } = visit
  const { principal } = session
  const wanted = { purpose: `${PASSKEY_ADD} ${session.user}`, binding: formKey.binding }
  const challenge = await options.identity.people.challenge(tenant, wanted)
  const name = principal.userPrincipalName ?? principal.displayName
  const user = { id: principal.id, name, displayName: principal.displayName }
  return html`<form method="post" action="${action}" data-passkey="create" data-failed="passkey-failed"
 data-options="${passkeyCreation(request, challenge, user, known)}" hidden>
${hiddenFields(formKey, 'add-passkey', { challenge, passkey: '' })}
<p class="problem" id="passkey-failed" role="alert" tabindex="-1" hidden>${texts.passkeyNotAdded}</p>
${field({ name: 'name', label: texts.passkeyName, hint: texts.passkeyNameHint, type: 'text', autocomplete: 'off' })}
<button type="submit">${texts.addPasskey}</button></form>`
}

function passwordForm(visit: PageVisit, userName: string, trouble: Trouble | undefined): Html {
  const { texts } = visit
  const one = (name: string, label: string, autocomplete: string, hint?: string): Html =>
    field({
      name,
      label,
      type: 'password',
      autocomplete,
      isWrong: trouble?.field === name,
      ...(hint === undefined ? {} : { hint }),
    })
  return html`<h2>${texts.changePassword}</h2>
${stepForm(
  visit,
  'change-password',
  html`<input type="text" name="user_name" value="${userName}" autocomplete="username" hidden>
${one('current', texts.currentPassword, 'current-password')}
${one('new', texts.newPassword, 'new-password', texts.newPasswordHint)}
${one('again', texts.repeatPassword, 'new-password')}
<button type="submit">${texts.changePassword}</button>`,
)}`
}

function callOf({ visit, tenant, session }: Account, claims?: readonly string[]): Call {
  const { options, request } = visit
  const facts = entraFacts(request)
  return {
    caller: options.identity.people.callerOf(tenant, session),
    request: claims === undefined ? facts : { ...facts, claims },
  }
}

/** Beside the account page, under the same name of the tenant. */
function signOutPath(action: string): string {
  const [, tenant = 'common'] = /^\/([^/?]+)\/account/i.exec(action) ?? []
  return `/${tenant}/oauth2/v2.0/logout`
}
