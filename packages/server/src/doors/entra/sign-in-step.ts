import { isFault, PASSKEY_SIGN_IN, Secret, type Tenant, type UserProof } from '@claviger/vault'
import type { Answer } from '../../door.ts'
import { beginSession, type BegunSession } from './browser-session.ts'
import { html, type Html } from './html.ts'
import { field, hiddenFields, show, stepForm, type PageVisit } from './page-visit.ts'
import { problem } from './page.ts'
import { passkeyProof, passkeyRequest } from './passkey-verification.ts'

/** What the page of a sign-in says, besides asking for the password. */
export interface SignInWish {
  readonly tenant: Tenant
  /** The program that the person is on the way to. */
  readonly app?: string
  readonly userName?: string
  /** Carried along in every form of the page. */
  readonly fields?: Readonly<Record<string, string>>
  readonly formTarget?: string
  /** Whether there is a way back to the program without signing in. */
  readonly canCancel?: boolean
}

/** What went wrong on the page before. */
export interface Trouble {
  readonly sentence: string
  readonly status: number
  readonly field?: string
  /** The digits after AADSTS. */
  readonly number?: number
}

/** The page on which people sign in. */
export async function signInPage(
  visit: PageVisit,
  wish: SignInWish,
  trouble?: Trouble,
): Promise<Answer> {
  const { texts } = visit
  const { tenant, app, userName, fields = {}, formTarget, canCancel = false } = wish
  const passkey = await passkeyForm(visit, tenant, fields)
  const isExternal = visit.options.provider !== undefined && tenant.isDefault
  const content = html`<h1>${app === undefined ? texts.signIn : texts.signInTo(app)}</h1>
${problem(texts, trouble?.sentence, trouble?.number)}
${stepForm(
  visit,
  'password',
  html`${field({
    name: 'user_name',
    label: texts.userName,
    hint: texts.userNameHint,
    type: 'text',
    autocomplete: 'username webauthn',
    isWrong: trouble?.field === 'user_name',
    ...(userName === undefined ? {} : { value: userName }),
  })}
${field({
  name: 'password',
  label: texts.password,
  type: 'password',
  autocomplete: 'current-password',
  isWrong: trouble?.field === 'password',
})}
<button type="submit">${texts.signIn}</button>`,
  fields,
)}
${passkey}
${
  isExternal
    ? stepForm(visit, 'external', html`<button type="submit" class="second">${texts.useProvider}</button>`, fields)
    : undefined
}
${
  canCancel
    ? stepForm(visit, 'cancel', html`<button type="submit" class="second">${texts.cancel}</button>`, fields)
    : undefined
}`
  return show(visit, {
    title: texts.signIn,
    content,
    script: 'passkey.js',
    ...(trouble === undefined ? {} : { status: trouble.status }),
    ...(formTarget === undefined ? {} : { formTarget }),
  })
}

/** Hidden until the script has found that the browser knows passkeys. */
async function passkeyForm(
  { request, options, formKey, texts, action }: PageVisit,
  tenant: Tenant,
  fields: Readonly<Record<string, string>>,
): Promise<Html> {
  const { binding } = formKey
  const wanted = { purpose: PASSKEY_SIGN_IN, binding }
  const challenge = await options.identity.people.challenge(tenant, wanted)
  return html`<form method="post" action="${action}" data-passkey="get" data-failed="passkey-failed"
 data-options="${passkeyRequest(request, challenge)}" hidden>
${hiddenFields(formKey, 'passkey', { ...fields, challenge, passkey: '' })}
<p class="problem" id="passkey-failed" role="alert" tabindex="-1" hidden>${texts.passkeyFailed}</p>
<button type="submit" class="second">${texts.usePasskey}</button></form>`
}

/** Signs the visitor in by a form of the page above; says what was wrong when it was. */
export async function takeSignIn(
  visit: PageVisit,
  tenant: Tenant,
  form: URLSearchParams,
): Promise<BegunSession | Trouble> {
  const { texts } = visit
  const proof = proofIn(visit, form)
  if ('sentence' in proof) return proof
  try {
    return await beginSession(visit, tenant, proof)
  } catch (thrown) {
    if (isFault(thrown, 'TooManyRequests')) {
      return lockedOut(visit, thrown.detail.retryAfterSeconds)
    }
    if (!isFault(thrown, 'SignInFailed')) throw thrown
    const { reason } = thrown.detail
    if (reason === 'UserDisabled') return { sentence: texts.disabled, status: 400, number: 50_057 }
    return proof.kind === 'password'
      ? { sentence: texts.wrongPassword, status: 400, field: 'password', number: 50_126 }
      : { sentence: texts.wrongPasskey, status: 400, number: 50_126 }
  }
}

/** Too many tries have failed. */
export function lockedOut({ texts }: PageVisit, seconds: number): Trouble {
  return { sentence: texts.locked(seconds), status: 429, number: 50_053 }
}

function proofIn(
  { request, formKey, texts }: PageVisit,
  form: URLSearchParams,
): UserProof | Trouble {
  if (form.get('step') === 'passkey') {
    const challenge = form.get('challenge') ?? ''
    const passkey = passkeyProof(request, challenge, form.get('passkey') ?? '')
    if (passkey === undefined) return { sentence: texts.wrongPasskey, status: 400 }
    return { kind: 'passkey', passkey, challenge, binding: formKey.binding }
  }
  const userName = (form.get('user_name') ?? '').trim()
  const password = form.get('password') ?? ''
  if (userName === '') {
    return { sentence: texts.userNameMissing, status: 400, field: 'user_name' }
  }
  if (password === '') return { sentence: texts.passwordMissing, status: 400, field: 'password' }
  return { kind: 'password', userName, password: Secret.fromText(password) }
}
