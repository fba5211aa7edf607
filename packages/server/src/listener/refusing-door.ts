import type { Answer, Door, WireRequest } from '../door.ts'

/**
 * Answers every request alike, before its body is read, and ends the connection: nobody knows whether
 * the body of a request that is not understood still comes. The shape is the one that most clients of
 * the doors can read.
 */
export function refusingDoor(status: number, code: string, message: string): Door {
  const answer = ({ requestId }: WireRequest): Answer => ({
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-ms-request-id': requestId,
      connection: 'close',
    },
    body: JSON.stringify({ error: { code, message } }),
  })
  return {
    name: 'none',
    admit: async (head) => answer(head),
    answer: async (request) => answer(request),
    refuse: answer,
  }
}

/** For a request that expects what nobody here can do (RFC 9110 §10.1.1). */
export const unmetExpectation = refusingDoor(
  417,
  'ExpectationFailed',
  'The expectation in the header Expect cannot be met; send 100-continue, or leave it out.',
)

/** For a request line of another major version, which the parser lets pass (RFC 9110 §15.6.6). */
export const otherVersion = refusingDoor(
  505,
  'HTTPVersionNotSupported',
  'This server speaks HTTP/1.1; send the request in that version.',
)
