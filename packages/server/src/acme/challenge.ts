/** How a name is proved to be ours (RFC 8555 §8). */
export type ChallengeType = 'http-01' | 'dns-01'

/** One proof that an authority waits for. */
export interface Challenge {
  /** The host name that is proved, without a wildcard. */
  readonly name: string
  readonly token: string
  /** What the authority wants to find: the HTTP answer, or the text of the DNS record. */
  readonly proof: string
}

/** Puts a proof where the authority looks for it, and takes it away again. */
export interface ChallengeSolver {
  readonly type: ChallengeType
  /** Done when the authority can see it. @throws AcmeFailure */
  present(challenge: Challenge, signal: AbortSignal): Promise<void>
  /** Also called after a `present` that failed. */
  cleanUp(challenge: Challenge, signal: AbortSignal): Promise<void>
}
