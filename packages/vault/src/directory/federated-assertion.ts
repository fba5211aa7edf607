import { LRUCache } from 'lru-cache'
import { compactVerify } from 'jose'
import { epochSeconds, type Clock } from '../time.ts'
import { demandAssertionTimes } from './assertion-times.ts'
import type { Credential, FederatedCredential } from './credential.ts'
import { failedSignIn } from './failed-sign-in.ts'
import type { FetchJson } from './fetch-json.ts'
import { IssuerKeySource } from './issuer-key-source.ts'
import { parsePublicJwks } from './public-jwks.ts'
import { TRUSTED_ALGORITHMS } from './trusted-algorithms.ts'
import { audiencesOf, textClaim, type UnverifiedToken } from './unverified-token.ts'
import { signatureFailure } from './verified-token.ts'

const MAXIMUM_ISSUERS = 1000

/**
 * Checks tokens of other issuers that stand for an application here: a Kubernetes service
 * account's, a build service's. The credential is found before any key is asked for, so nobody can
 * make the server ask a host that no administrator has named.
 */
export class FederatedAssertions {
  readonly #fetchJson: FetchJson
  readonly #clock: Clock
  readonly #sources = new LRUCache<string, IssuerKeySource>({ max: MAXIMUM_ISSUERS })

  constructor(fetchJson: FetchJson, clock: Clock) {
    this.#fetchJson = fetchJson
    this.#clock = clock
  }

  /** @throws Fault SignInFailed */
  async verify(
    text: string,
    { payload }: UnverifiedToken,
    credentials: readonly Credential[],
  ): Promise<FederatedCredential> {
    const now = epochSeconds(this.#clock)
    const issuer = textClaim(payload, 'iss')
    const subject = textClaim(payload, 'sub')
    const ofSubject = credentials.filter(
      (one): one is FederatedCredential =>
        one.kind === 'federated' && one.issuer === issuer && one.subject === subject,
    )
    if (ofSubject.length === 0) throw failedSignIn('NoMatchingCredential')
    const audiences = audiencesOf(payload)
    const credential = ofSubject.find((one) =>
      audiences.some((audience) => one.audiences.includes(audience)),
    )
    if (credential === undefined) throw failedSignIn('AssertionAudienceWrong')
    try {
      await compactVerify(text, this.#sourceOf(credential).lookup, { algorithms: [...TRUSTED_ALGORITHMS] })
    } catch (thrown) {
      throw failedSignIn(FAILURES[signatureFailure(thrown)])
    }
    demandAssertionTimes(payload, now)
    return credential
  }

  #sourceOf({ id, issuer, jwks }: FederatedCredential): IssuerKeySource {
    const name = jwks === undefined ? `issuer ${issuer}` : `credential ${id}`
    const known = this.#sources.get(name)
    if (known !== undefined) return known
    const parsed = jwks === undefined ? undefined : parsePublicJwks(JSON.parse(jwks))
    const place = jwks === undefined ? { issuer } : { jwks: parsed ?? { keys: [] } }
    const source = new IssuerKeySource(place, this.#fetchJson, this.#clock)
    this.#sources.set(name, source)
    return source
  }
}

const FAILURES = {
  AlgorithmNotAllowed: 'AssertionSignatureWrong',
  SignatureWrong: 'AssertionSignatureWrong',
  KeyUnknown: 'AssertionKeyUnknown',
  Malformed: 'AssertionMalformed',
} as const
