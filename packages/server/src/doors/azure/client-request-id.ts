import type { WireRequest } from '../../door.ts'

/** The client's own id for the request, when it is fit to be sent back and recorded. */
export function clientRequestId({ headers }: Pick<WireRequest, 'headers'>): string | undefined {
  const id = headers['x-ms-client-request-id']
  return id !== undefined && /^[\x21-\x7e]{1,128}$/.test(id) ? id : undefined
}
