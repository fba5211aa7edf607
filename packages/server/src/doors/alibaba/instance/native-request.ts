import { alibaba } from '@claviger/wire'
import type { WireRequest } from '../../../door.ts'

const { API_NAME_HEADER, CONTENT_TYPE } = alibaba.instance

type Head = Pick<WireRequest, 'headers'>

/** What is not of this protocol is an action signed by an access key. */
export function isNative({ headers }: Head): boolean {
  if (headers[API_NAME_HEADER] !== undefined) return true
  const [mediaType = ''] = (headers['content-type'] ?? '').split(';', 1)
  return mediaType.trim().toLowerCase() === CONTENT_TYPE
}

/** Bodies that may be read before anybody has proved who asks. */
const SMALL_BODY_BYTES = 64 * 1024

/** Whether the body is said to be small; of unknown length it is not. */
export function hasSmallBody({ headers }: Head): boolean {
  const length = headers['content-length']
  return length !== undefined && Number(length) <= SMALL_BODY_BYTES
}
