import { AcmeFailure } from './acme-failure.ts'
import type { AcmeObject } from './acme-object.ts'
import { printable } from './printable.ts'

const PREFIX = 'urn:ietf:params:acme:error:'
/** Problems that pass without anybody's doing something about them. */
const PASSING = new Set(['rateLimited', 'serverInternal', 'badNonce'])

const MOST_NAMES = 5

/**
 * A problem document (RFC 8555 §6.7) as a failure: what the server says, and of which names.
 * @param status of the answer it came with; `undefined` for one that is a member of an object.
 */
export function acmeProblem(problem: AcmeObject | undefined, status?: number): AcmeFailure {
  const type = typeOf(problem)
  const mayPass = PASSING.has(type) || (status !== undefined && (status >= 500 || status === 429))
  const sentences = [
    said('The ACME server says', problem, status),
    ...(problem?.objects('subproblems') ?? [])
      .slice(0, MOST_NAMES)
      .map((one) => {
        const name = one.object('identifier')?.text('value')
        return said(name ?? 'It also says', one, undefined)
      }),
  ]
  return new AcmeFailure(sentences.join(' '), { mayPass, type })
}

function said(who: string, problem: AcmeObject | undefined, status: number | undefined): string {
  const detail = printable(problem?.text('detail') ?? '')
  const kind = typeOf(problem) || (status === undefined ? 'no type' : `status ${status}`)
  return detail === '' ? `${printable(who)}: ${kind}.` : `${printable(who)}: ${detail} (${kind}).`
}

function typeOf(problem: AcmeObject | undefined): string {
  return printable((problem?.text('type') ?? '').replace(PREFIX, '')).slice(0, 100)
}
