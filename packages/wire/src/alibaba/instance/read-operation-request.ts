import { decodeMessage } from './decode-message.ts'
import { KEY_VERSION_HEADER } from './header-names.ts'
import { MalformedMessage } from './malformed-message.ts'
import type { FieldValue, Message, MessageName } from './message.ts'
import { OPERATIONS, type Operation, type RequestOf } from './operations.ts'
import { Refusal } from './refusal.ts'

/**
 * The body of a request for an operation, with all that it must have.
 * @param keyVersionId what the header has named, which may stand for a KeyId.
 * @throws Refusal ParameterInvalid for octets that are not the message; ParameterMissing for the
 * first required field that is absent or, which proto3 cannot tell from that, empty.
 */
export function readOperationRequest<Name extends Operation>(
  operation: Name,
  body: Uint8Array,
  keyVersionId?: string,
): RequestOf<Name> {
  const request: (typeof OPERATIONS)[Name]['request'] = OPERATIONS[operation].request
  const message = decode(request, body)
  demandRequired(operation, { ...message, [KEY_VERSION_HEADER]: keyVersionId ?? '' })
  return message
}

function decode<Name extends MessageName>(name: Name, body: Uint8Array): Message<Name> {
  try {
    return decodeMessage(name, body)
  } catch (cause) {
    if (!(cause instanceof MalformedMessage)) throw cause
    throw new Refusal('ParameterInvalid', {}, { cause })
  }
}

function demandRequired(
  operation: Operation,
  given: Readonly<Record<string, FieldValue | undefined>>,
): void {
  for (const required of OPERATIONS[operation].required) {
    const [first, ...others] = typeof required === 'string' ? [required] : required
    if ([first, ...others].some((name) => isGiven(given[name]))) continue
    throw new Refusal('ParameterMissing', { parameter: first })
  }
}

function isGiven(value: FieldValue | undefined): boolean {
  if (value === undefined) return false
  return typeof value === 'object' ? value.length > 0 : Boolean(value)
}
