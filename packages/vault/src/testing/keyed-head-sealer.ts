import { createHmac, timingSafeEqual } from 'node:crypto'
import type { HeadSealer } from '../audit/audit-log.ts'
import { Fault } from '../fault.ts'

const TAG_BYTES = 32

/**
 * A head sealer for tests: the head in clear with an HMAC behind it. Two with the same key open
 * what the other has sealed, so a store can be reopened.
 */
export function keyedHeadSealer(key = 'test'): HeadSealer {
  const tag = (head: Uint8Array): Buffer => createHmac('sha256', key).update(head).digest()
  return {
    sealHead: (head) => Buffer.concat([head, tag(head)]),
    openHead(sealed) {
      const head = sealed.subarray(0, -TAG_BYTES)
      const found = sealed.subarray(-TAG_BYTES)
      if (found.byteLength === TAG_BYTES && timingSafeEqual(found, tag(head))) return head
      throw new Fault('RecordCorrupt', { record: 'audit head', reason: 'it was changed' })
    },
  }
}
