import {
  isFault,
  replayClaim,
  type AccessView,
  type Clock,
  type Identity,
  type RequestFacts,
} from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { Authenticated } from './door.ts'

const { KmsRefusal } = alibaba.shared

/** How far a client's clock may be from the server's. */
const SKEW_SECONDS = 900

/** Who knows the keys that requests are signed with; each failure is audited there. */
export type RequestSigners = Pick<
  Identity['signedRequests'],
  'callerOfAccessKey' | 'callerOfClientKey'
>

export interface SharedAuthenticationOptions {
  readonly signers: RequestSigners
  readonly clock: Clock
  /**
   * Milliseconds: what was signed before is refused, because what was answered then is no longer
   * known.
   */
  readonly claimsSince: number
}

/** Tells who has signed a request of the shared gateway, once for each signature. */
export function sharedAuthentication({
  signers,
  clock,
  claimsSince,
}: SharedAuthenticationOptions): (
  request: alibaba.shared.SignedRequest,
  facts: RequestFacts,
  view: AccessView,
) => Promise<Authenticated> {
  return async (request, facts, view) => {
    const { accessKeyId, timestamp, nonce, securityToken } = request
    demandFresh(timestamp, clock.now(), claimsSince)
    const signed = (credential: alibaba.shared.SigningCredential): boolean =>
      alibaba.shared.verifySignature(request, credential)
    const isByClientKey =
      request.scheme === 'rpc' && request.signatureMethod === 'SHA256withRSA'
    try {
      const caller = isByClientKey
        ? await signers.callerOfClientKey(
            {
              clientKeyId: accessKeyId,
              clientAddress: facts.clientAddress,
              view,
              verify: (publicKey) => signed({ kind: 'clientKey', publicKey }),
            },
            () => facts,
          )
        : await signers.callerOfAccessKey(
            {
              accessKeyId,
              ...(securityToken === undefined ? {} : { securityToken }),
              view,
              verify: (secret) => signed({ kind: 'secret', secret: secret.reveal() }),
            },
            () => facts,
          )
      return { caller, claims: [replayClaim(accessKeyId, nonce ?? signedText(request))] }
    } catch (thrown) {
      const isWrong =
        isFault(thrown, 'SignInFailed') && thrown.detail.reason === 'RequestSignatureWrong'
      throw isWrong ? alibaba.shared.signatureMismatch(request) : thrown
    }
  }
}

/**
 * What must not come again where there is no nonce: not the signature, of which base64 has several
 * spellings.
 */
function signedText(request: alibaba.shared.SignedRequest): string {
  return alibaba.shared.stringsToSign(request).join('\n')
}

function demandFresh(timestamp: number, now: number, claimsSince: number): void {
  const skew = Math.abs(now / 1000 - timestamp)
  // A second is what the timestamp leaves out.
  if (skew <= SKEW_SECONDS && (timestamp + 1) * 1000 >= claimsSince) return
  throw new KmsRefusal('InvalidTimeStamp.Expired', {
    recommend:
      skew <= SKEW_SECONDS
        ? 'The request was signed before the server started; sign it again.'
        : `The server's time is ${new Date(now).toISOString().slice(0, 19)}Z; set the clock.`,
  })
}
