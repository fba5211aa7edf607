import type { Challenge, ChallengeSolver } from './challenge.ts'

/** Tells the workers of a challenge; without a key authorization it is over. */
export type TellChallenge = (told: {
  readonly token: string
  readonly keyAuthorization: string | undefined
}) => void

/** HTTP-01: every worker answers at the PKI port what it was told (RFC 8555 §8.3). */
export class HttpChallenges implements ChallengeSolver {
  readonly type = 'http-01'
  readonly #tell: TellChallenge
  readonly #underWay = new Map<string, string>()

  constructor(tell: TellChallenge) {
    this.#tell = tell
  }

  /** The key authorizations by token, for a worker that starts now. */
  get underWay(): ReadonlyMap<string, string> {
    return this.#underWay
  }

  async present({ token, proof: keyAuthorization }: Challenge): Promise<void> {
    this.#underWay.set(token, keyAuthorization)
    this.#tell({ token, keyAuthorization })
  }

  async cleanUp({ token }: Challenge): Promise<void> {
    this.#underWay.delete(token)
    this.#tell({ token, keyAuthorization: undefined })
  }
}
