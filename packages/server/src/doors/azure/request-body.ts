import { azure } from '@claviger/wire'
import type { WireRequest } from '../../door.ts'
import { isJson } from '../../rest/json-object.ts'
import { WireRefusal } from './wire-refusal.ts'

/**
 * The JSON object in the body of an operation that needs one.
 * @throws WireRefusal 415 for another content type, 400 for anything but a JSON object in UTF-8.
 */
export function readJsonBody({
  headers,
  body,
}: Pick<WireRequest, 'headers' | 'body'>): azure.JsonMembers {
  if (body.byteLength === 0) throw malformed('The request body is empty')
  demandJson(headers['content-type'])
  const parsed = parse(decode(body))
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    throw malformed('The request body is not a JSON object')
  }
  return new azure.JsonMembers(parsed)
}

/** A missing content type is taken for JSON: nothing else can be meant. */
function demandJson(contentType = ''): void {
  if (isJson(contentType)) return
  throw new WireRefusal(
    415,
    'UnsupportedMediaType',
    'The content type of the request body is not supported. ' +
      'Send JSON, encoded in UTF-8, with Content-Type: application/json.',
  )
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw malformed('The request body is not valid UTF-8')
  }
}

/** The parser's own message is dropped, because it quotes the body. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw malformed('The request body is not valid JSON')
  }
}

function malformed(what: string): WireRefusal {
  return new WireRefusal(400, 'BadParameter', `${what}. Send one JSON object, encoded in UTF-8.`)
}
