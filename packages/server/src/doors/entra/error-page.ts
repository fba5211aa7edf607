import type { Answer } from '../../door.ts'
import { originOf } from '../../origin.ts'
import { correlationIdOf } from '../sign-in/sign-in-facts.ts'
import { ENTRA_ERRORS, type EntraRefusal } from './entra-error.ts'
import { html } from './html.ts'
import { show, type PageVisit } from './page-visit.ts'
import { problem } from './page.ts'
import { errorDescription } from './render-error.ts'

/** What a person sees when a page cannot go on; the program is told nothing. */
export function errorPage(visit: PageVisit, { row, about, headers }: EntraRefusal): Answer {
  const { texts, request, options } = visit
  const { status, number } = ENTRA_ERRORS[row]
  const place = {
    origin: originOf(request),
    requestId: request.requestId,
    correlationId: correlationIdOf(request),
    now: options.clock.now(),
  }
  const content = html`<h1>${texts.errorTitle}</h1>
${problem(texts, texts.error(row, about))}
<p>${texts.errorHelp}</p>
<pre>${errorDescription(`AADSTS${number}`, place).replaceAll('\r', '')}</pre>`
  return show(visit, { title: texts.errorTitle, content, status, headers })
}
