import type { Answer, WireRequest } from '../../door.ts'
import type { EntraDoorOptions } from './door-options.ts'
import { formKeyOf, type FormKey } from './cookies.ts'
import { html, type Html } from './html.ts'
import { pageAnswer, type Page } from './page.ts'
import { textsFor, type PageTexts } from './page-texts.ts'

/** A browser that looks at a page. */
export interface PageVisit {
  readonly request: WireRequest
  readonly options: EntraDoorOptions
  readonly query: URLSearchParams
  readonly texts: PageTexts
  readonly formKey: FormKey
  /** Begins with one slash. */
  readonly path: string
  /** Path and query, to which the forms of the page are sent. */
  readonly action: string
}

export function pageVisit(request: WireRequest, options: EntraDoorOptions): PageVisit {
  const { query: text } = request
  const query = new URLSearchParams(text)
  // Two slashes at the beginning would be the name of another host.
  const path = request.path.replace(/^\/+/, '/')
  return {
    request,
    options,
    query,
    path,
    texts: textsFor(query, request.headers['accept-language']),
    formKey: formKeyOf(request),
    action: text === '' ? path : `${path}?${text}`,
  }
}

/** Sends a page to the visitor. Forms need their cookie; a session's goes first where one begins. */
export function show({ request, path, query, texts, formKey }: PageVisit, page: Page): Answer {
  const { requestId } = request
  const cookie = formKey.setCookie
  const headers = { ...(cookie === undefined ? {} : { 'Set-Cookie': cookie }), ...page.headers }
  return pageAnswer({ texts, path, query, requestId }, { ...page, headers })
}

/** A form with what proves that it is ours, and which step of the page it is. */
export function stepForm(
  { action, formKey }: PageVisit,
  step: string,
  content: Html,
  fields: Readonly<Record<string, string>> = {},
): Html {
  return html`<form method="post" action="${action}">${hiddenFields(formKey, step, fields)}
${content}
</form>`
}

/** The hidden fields of a form. */
export function hiddenFields(
  { token }: FormKey,
  step: string,
  fields: Readonly<Record<string, string>>,
): Html {
  const all = Object.entries({ form: token, step, ...fields })
  return html`${all.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`
}

/** A field with its label, its hint and what is wrong with it. */
export function field({ name, label, hint, type, value, autocomplete, isWrong = false }: {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly type: 'text' | 'password'
  readonly value?: string
  readonly autocomplete: string
  readonly isWrong?: boolean
}): Html {
  const describedBy = [...(hint === undefined ? [] : [`${name}-hint`]), ...(isWrong ? ['problem'] : [])]
  const described = describedBy.length === 0 ? undefined : html` aria-describedby="${describedBy.join(' ')}"`
  const invalid = isWrong ? html` aria-invalid="true" autofocus` : undefined
  const filled = value === undefined ? undefined : html` value="${value}"`
  return html`<div class="field"><label for="${name}">${label}</label>
${hint === undefined ? undefined : html`<p class="hint" id="${name}-hint">${hint}</p>`}
<input id="${name}" name="${name}" type="${type}"${filled} autocomplete="${autocomplete}"
 autocapitalize="none" spellcheck="false" maxlength="1024" required${described}${invalid}></div>`
}
