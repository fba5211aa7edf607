import type { Answer } from '../../door.ts'
import { html, type Html } from './html.ts'
import { ASSETS } from './page-assets.ts'
import { otherMarket, type PageTexts } from './page-texts.ts'

/** One page, before it is put into its frame. */
export interface Page {
  readonly title: string
  readonly content: Html
  /** The name of the script that it needs, if any. */
  readonly script?: 'passkey.js' | 'return.js'
  /** Where the browser goes on to by itself, without a form: policies do not hold it back. */
  readonly goesTo?: string
  /** An origin outside that its forms lead to in the end. */
  readonly formTarget?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** Where a page stands, for the link to the other language. */
export interface PagePlace {
  readonly texts: PageTexts
  readonly path: string
  readonly query: URLSearchParams
  readonly requestId: string
}

/** A page as it is sent: nothing inline, nothing kept, in nobody's frame. */
export function pageAnswer({ texts, path, query, requestId }: PagePlace, page: Page): Answer {
  const { title, content, script, goesTo, formTarget, status = 200, headers = {} } = page
  const other = new URLSearchParams(query)
  other.set('mkt', otherMarket(texts))
  const body = html`<!doctype html>
<html lang="${texts.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${goesTo === undefined ? undefined : html`<meta http-equiv="refresh" content="0; url=${goesTo}">`}
<title>${title} – ${texts.product}</title>
<link rel="stylesheet" href="${ASSETS}/style.css">
</head>
<body>
<header><span class="brand">${texts.product}</span>
<a href="${path}?${other.toString()}" lang="${otherMarket(texts)}">${texts.otherLanguage}</a></header>
<main>
${content}
</main>
${script === undefined ? undefined : html`<script src="${ASSETS}/${script}" defer></script>`}
</body>
</html>
`
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': texts.language,
      'Cache-Control': 'no-store',
      'Content-Security-Policy': policy(formTarget),
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      // `no-referrer` would hide the origin of our own forms from us.
      'Referrer-Policy': 'same-origin',
      Vary: 'Accept-Language, Cookie',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'x-ms-request-id': requestId,
      ...headers,
    },
    body: body.text,
  }
}

/** Browsers hold `form-action` against the redirects behind a form too, so the target stands in it. */
function policy(formTarget: string | undefined): string {
  const targets = formTarget === undefined ? "'self'" : `'self' ${formTarget}`
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action ${targets}`,
  ].join('; ')
}

/**
 * What went wrong, above the form, where screen readers and eyes come first.
 * @param number the digits after AADSTS, which people look for.
 */
export function problem(
  texts: PageTexts,
  sentence: string | undefined,
  number?: number,
): Html | undefined {
  if (sentence === undefined) return undefined
  const shown = number === undefined ? undefined : html`<p class="hint">AADSTS${number}</p>`
  return html`<div class="problem" role="alert" tabindex="-1" id="problem">
<h2>${texts.problem}</h2><p>${sentence}</p>${shown}</div>`
}
