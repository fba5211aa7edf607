import type { HeadSealer } from '../audit/audit-log.ts'
import { decodeHead, encodeHead, type ChainHead } from '../audit/chain.ts'
import { openHeadWith } from '../audit/open-head.ts'
import { RecordDigest } from './record-digest.ts'

/** What a durable store seals with each commit: where its audit chain ends, and what it holds. */
export interface StoreHead {
  readonly chain: ChainHead
  /** Absent in a store of a release before there was one. */
  readonly records?: RecordDigest
}

const CHAIN_BYTES = 80

/** The head of the chain, then the digest of the records. */
export function sealStoreHead(sealer: HeadSealer, { chain, records }: Required<StoreHead>): Uint8Array {
  return sealer.sealHead(Buffer.concat([encodeHead(chain), records.encode()]))
}

/**
 * Opens a head as a store has kept it.
 * @throws Fault RecordCorrupt, naming `audit head`, when it is missing, is none or does not open.
 */
export function openStoreHead(sealer: HeadSealer, sealed: Uint8Array | undefined): StoreHead {
  return openHeadWith(sealer, sealed, (bytes) => {
    const chain = decodeHead(bytes.subarray(0, CHAIN_BYTES))
    if (bytes.byteLength === CHAIN_BYTES) return { chain }
    return { chain, records: RecordDigest.decode(bytes.subarray(CHAIN_BYTES)) }
  })
}
