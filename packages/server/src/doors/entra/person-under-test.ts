import assert from 'node:assert/strict'
import { hash, randomBytes, randomUUID } from 'node:crypto'
import { audienceOf } from '@claviger/vault'
import { memoryPerson, PERSON_NAME, PERSON_PASSWORD, type MemoryPerson } from '@claviger/vault/testing'
import type { Answer, WireRequest } from '../../door.ts'
import { entraDoor } from './door.ts'
import type { ExternalProvider } from './external-provider.ts'

/** The client id that az and the SDKs' development credentials sign people in with. */
export const CLI = '04b07795-8ddb-461a-bbee-02f9e1bf7b46'
export const REDIRECT = 'http://localhost:8400'
export const SCOPE = 'https://vault.localhost:8443/.default offline_access openid profile'

/** A browser: it keeps cookies, and sends forms as a page has them. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #send: (changed: Partial<WireRequest>) => Promise<Answer>

  constructor(send: (changed: Partial<WireRequest>) => Promise<Answer>) {
    this.#send = send
  }

  async get(path: string, query = '', headers: Record<string, string> = {}): Promise<Answer> {
    return this.#kept(await this.#send({ path, query, headers: { ...this.#cookieHeader(), ...headers } }))
  }

  /** Sends the form of a page that has this step, with what is typed into it. */
  async submit(
    page: Answer,
    step: string,
    typed: Record<string, string> = {},
    changed: Partial<WireRequest> = {},
  ): Promise<Answer> {
    const { action, fields } = formOf(page, step)
    const [path = '', query = ''] = action.split('?')
    const body = Buffer.from(new URLSearchParams({ ...fields, ...typed }).toString())
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://login.localhost:8443',
      'sec-fetch-site': 'same-origin',
      ...this.#cookieHeader(),
    }
    return this.#kept(await this.#send({ method: 'POST', path, query, headers, body, ...changed }))
  }

  #cookieHeader(): Record<string, string> {
    const pairs = [...this.cookies].map(([name, value]) => `${name}=${value}`)
    return pairs.length === 0 ? {} : { cookie: pairs.join('; ') }
  }

  #kept(answer: Answer): Answer {
    const set = answer.headers['Set-Cookie']
    if (set !== undefined) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=')
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
      assert.match(name, /^__Host-/)
      assert.match(set, /; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
    }
    return answer
  }
}

/** Action and hidden fields of the form of a page. */
export function formOf(page: Answer, step: string): { action: string; fields: Record<string, string> } {
  const forms = String(page.body).match(/<form[\s\S]*?<\/form>/g) ?? []
  const form = forms.find((one) => one.includes(`name="step" value="${step}"`))
  assert.ok(form !== undefined, `the page has no form for ${step}: ${String(page.body).slice(0, 3000)}`)
  const action = unescaped(/action="([^"]*)"/.exec(form)?.[1] ?? '')
  const inputs = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)]
  return { action, fields: Object.fromEntries(inputs.map(([, name = '', value = '']) => [name, unescaped(value)])) }
}

export function unescaped(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

export interface PersonUnderTest {
  readonly world: MemoryPerson
  readonly tenant: string
  readonly lines: string[]
  readonly send: (changed: Partial<WireRequest>) => Promise<Answer>
  readonly browser: () => Browser
  readonly post: (path: string, form: Record<string, string>) => Promise<Answer>
  /** Query and verifier of a sign-in by `az login`. */
  readonly wish: (changed?: Record<string, string | undefined>) => { query: string; verifier: string }
  /** Signs a person in by a browser; gives what the program gets back. */
  readonly signIn: (browser: Browser, query: string) => Promise<Answer>
}

/** The login door before somebody who can sign in. */
export async function personUnderTest(provider?: ExternalProvider): Promise<PersonUnderTest> {
  const world = await memoryPerson()
  const lines: string[] = []
  const note = (message: string, fields?: unknown): void => {
    lines.push(JSON.stringify([message, fields]))
  }
  const door = entraDoor({
    identity: world.identityService,
    self: world.vault.self,
    clock: world.clock,
    log: { error: note, warn: note },
    settings: {
      loginHosts: ['login.localhost'],
      services: [
        audienceOf('vault', 'vault.localhost'),
        audienceOf('management', 'management.localhost'),
        audienceOf('graph', 'graph.localhost'),
      ],
    },
    ...(provider === undefined ? {} : { provider }),
  })
  const send = (changed: Partial<WireRequest>): Promise<Answer> =>
    door.answer({
      method: 'GET',
      path: '/',
      query: '',
      headers: {},
      body: new Uint8Array(),
      host: 'login.localhost',
      port: 8443,
      clientAddress: '192.0.2.7',
      requestId: randomUUID(),
      ...changed,
    })
  return {
    world,
    tenant: world.first.tenant.id,
    lines,
    send,
    browser: () => new Browser(send),
    post: (path, form) =>
      send({
        method: 'POST',
        path,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: Buffer.from(new URLSearchParams(form).toString()),
      }),
    wish: (changed = {}) => {
      const verifier = randomBytes(32).toString('base64url')
      const whole = {
        client_id: CLI,
        response_type: 'code',
        redirect_uri: REDIRECT,
        scope: SCOPE,
        state: 'a state & more',
        nonce: 'n-1',
        code_challenge: hash('sha256', verifier, 'base64url'),
        code_challenge_method: 'S256',
        prompt: 'select_account',
        client_info: '1',
        ...changed,
      }
      const kept = Object.entries(whole).filter((pair): pair is [string, string] => pair[1] !== undefined)
      return { query: new URLSearchParams(kept).toString(), verifier }
    },
    signIn: async (browser, query) => {
      const page = await browser.get('/organizations/oauth2/v2.0/authorize', query)
      const typed = { user_name: PERSON_NAME, password: PERSON_PASSWORD }
      return await browser.submit(page, 'password', typed)
    },
  }
}

/** The parameters that an answer sends to the program. */
export function toProgram(answer: Answer): URLSearchParams {
  assert.equal(answer.status, 303, String(answer.body))
  return new URL(answer.headers['Location'] ?? '').searchParams
}

/** The members of a JSON answer. */
export function members({ body }: Answer): Record<string, unknown> {
  const parsed: unknown = JSON.parse(String(body))
  assert.ok(typeof parsed === 'object' && parsed !== null)
  return { ...parsed }
}
