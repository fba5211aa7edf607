import { hash } from 'node:crypto'

const CLAIM_BYTES = 16

/**
 * The claim (`RequestFacts.claims`) of a request that was signed with a nonce: no other request of
 * that key may have the same one. What a client has sent stands in it as a hash alone.
 */
export function replayClaim(accessKeyId: string, nonce: string): string {
  const digest = hash('sha256', JSON.stringify([accessKeyId, nonce]), 'buffer')
  return digest.subarray(0, CLAIM_BYTES).toString('base64url')
}
