import { hash, randomBytes } from 'node:crypto'
import { isFault } from '../fault.ts'
import type { Seal } from '../seal/seal.ts'
import type { EpochSeconds } from '../time.ts'
import { failedSignIn } from './failed-sign-in.ts'
import { replayClaim } from './replay-claim.ts'

/** What a page hands out for a while and wants back: it is kept nowhere, and sealed. */
export interface Challenge {
  /** What it is for, such as `passkey sign-in`. */
  readonly purpose: string
  /** What binds it to the browser, such as a hash of its cookie. */
  readonly binding: string
}

interface Payload extends Challenge {
  readonly issuedAt: EpochSeconds
  readonly nonce: string
  readonly data?: string
}

/** Within the time for which claims are remembered. */
const CHALLENGE_SECONDS = 600
const MAXIMUM_CHARACTERS = 4096
const PURPOSE = 'sign-in challenge'

/** Makes a challenge. @param data what is to come back with it. */
export async function sealChallenge(
  seal: Seal,
  tenant: string,
  challenge: Challenge,
  now: EpochSeconds,
  data?: string,
): Promise<string> {
  const nonce = randomBytes(32).toString('base64url')
  const { purpose, binding } = challenge
  const payload: Payload = { purpose, binding, issuedAt: now, nonce, ...(data === undefined ? {} : { data }) }
  const plaintext = Buffer.from(JSON.stringify(payload))
  const sealed = await seal.sealBlob(`tenant.${tenant}`, PURPOSE, plaintext)
  return Buffer.from(sealed).toString('base64url')
}

/** What an authenticator signs of a challenge. */
export function challengeDigest(challenge: string): Buffer {
  return hash('sha256', challenge, 'buffer')
}

/**
 * Opens a challenge that came back.
 * @param since none that is older counts: what was claimed before is not remembered.
 * @returns its data, and the claim that keeps it from being used again.
 * @throws Fault SignInFailed ChallengeWrong
 */
export async function openChallenge(
  seal: Seal,
  tenant: string,
  text: string,
  { purpose, binding }: Challenge,
  { now, since }: { readonly now: EpochSeconds; readonly since: EpochSeconds },
): Promise<{ readonly claim: string; readonly data: string | undefined }> {
  if (text === '' || text.length > MAXIMUM_CHARACTERS) throw failedSignIn('ChallengeWrong')
  try {
    const blob = Buffer.from(text, 'base64url')
    const opened = await seal.openBlob(`tenant.${tenant}`, PURPOSE, blob)
    // Sealed by this program for this purpose, so its type is trusted.
    const payload = JSON.parse(Buffer.from(opened).toString()) as Payload
    const { issuedAt } = payload
    const isTimely = issuedAt >= since && now >= issuedAt && now < issuedAt + CHALLENGE_SECONDS
    if (payload.purpose === purpose && payload.binding === binding && isTimely) {
      return { claim: replayClaim(purpose, payload.nonce), data: payload.data }
    }
  } catch (thrown) {
    if (!isFault(thrown, 'RecordCorrupt')) throw thrown
  }
  throw failedSignIn('ChallengeWrong')
}
