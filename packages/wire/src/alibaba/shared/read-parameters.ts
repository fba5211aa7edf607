import { KmsRefusal } from './kms-refusal.ts'
import { percentDecode } from './percent-encoding.ts'
import type { RawRequest } from './raw-request.ts'
import { RequestParameters } from './request-parameters.ts'

/** More than any action takes (50 resources and 20 tags are the longest lists). */
const MOST_PARAMETERS = 500
/** Characters, decoded. */
const LONGEST_NAME = 256
/** Characters, decoded; the longest value of an action is a policy of 32,768 octets. */
const LONGEST_VALUE = 65_536

/**
 * The parameters of a request, from its query and, when it is a form, its body.
 * @throws KmsRefusal ParseRequestParameterException
 */
export function readParameters(raw: RawRequest): RequestParameters {
  const fromQuery = parsePairs(raw.query)
  const pairs = isForm(raw) ? [...fromQuery, ...parsePairs(decodeForm(raw.body))] : fromQuery
  if (pairs.length > MOST_PARAMETERS) throw tooMany()
  return new RequestParameters(pairs)
}

/**
 * The pairs of a query or form, in their order. Empty parts count for nothing; without `=` the
 * value is empty.
 * @throws KmsRefusal ParseRequestParameterException
 */
export function parsePairs(text: string): readonly (readonly [name: string, value: string])[] {
  if (text === '') return []
  const parts = text.split('&', MOST_PARAMETERS + 1)
  if (parts.length > MOST_PARAMETERS) throw tooMany()
  return parts.filter((part) => part !== '').map((part) => {
    const mark = part.indexOf('=')
    const name = percentDecode(mark === -1 ? part : part.slice(0, mark))
    const value = mark === -1 ? '' : percentDecode(part.slice(mark + 1))
    if (name === undefined || value === undefined) {
      throw unreadable('A parameter has a broken percent escape, or octets that are not UTF-8.')
    }
    if (name.length > LONGEST_NAME || value.length > LONGEST_VALUE) {
      throw unreadable(
        `A name has at most ${LONGEST_NAME} characters and a value at most ${LONGEST_VALUE}.`,
      )
    }
    return [name, value]
  })
}

/** The answer is JSON unless the parameter Format asks for XML, in any case. */
export function answerFormat(parameters: RequestParameters): AnswerFormat {
  return parameters.get('Format')?.toUpperCase() === 'XML' ? 'xml' : 'json'
}

export type AnswerFormat = 'json' | 'xml'

function isForm({ headers }: RawRequest): boolean {
  const [mediaType = ''] = (headers['content-type'] ?? '').split(';')
  return mediaType.trim().toLowerCase() === 'application/x-www-form-urlencoded'
}

function decodeForm(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
  } catch {
    throw unreadable('The form is not UTF-8.')
  }
}

function tooMany(): KmsRefusal {
  return unreadable(`A request has at most ${MOST_PARAMETERS} parameters.`)
}

function unreadable(recommend: string): KmsRefusal {
  return new KmsRefusal('ParseRequestParameterException', { recommend })
}
