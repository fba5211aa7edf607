// What the authorities of the vaults publish, and answers to HTTP-01 challenges: over plain HTTP and
// to whoever asks, because what reads them cannot have certificates yet (RFC 5280 §8). All of it is
// public and signed by those who it is about.
import {
  isFault,
  systemCall,
  type AccessView,
  type Call,
  type Clock,
  type Vault,
  type VaultRecord,
} from '@claviger/vault'
import { clientInfo } from '../../client-info.ts'
import type { Answer, Door, ListenerRefusal, WireRequest } from '../../door.ts'
import { faultFields } from '../../fault-fields.ts'
import type { Log } from '../../log.ts'
import { MAXIMUM_OCSP_REQUEST_BYTES, ocspRequest } from './ocsp-request.ts'
import { pkiPath, type PkiPath, type Publication } from './pki-path.ts'
import { PkiRefusal } from './pki-refusal.ts'
import { PublicationCache, type Published } from './publication-cache.ts'
import { publishedAnswer } from './published-answer.ts'
import { QuestionLimit } from './question-limit.ts'

/** What the vault signs for its authorities. */
export type Authorities = Pick<
  Vault['certificates'],
  'getAuthorityCertificate' | 'getRevocationList' | 'getOcspResponse'
>

export interface PkiDoorOptions {
  readonly authorities: Authorities
  readonly view: () => Promise<AccessView>
  /** The key authorization that belongs to a token of a challenge under way. */
  readonly challengeAnswer: (token: string) => string | undefined
  readonly clock: Clock
  readonly log: Pick<Log, 'error'>
}

type PublicationPath = Extract<PkiPath, { kind: 'publication' }>


/** Makes the door `pki`, for any host. */
export function pkiDoor(options: PkiDoorOptions): Door {
  const { authorities, clock, log } = options
  const cache = new PublicationCache(clock)
  const limit = new QuestionLimit(clock)

  async function published(request: WireRequest, path: PublicationPath): Promise<Answer> {
    const { vault, authority, publication } = path
    const question =
      publication === 'ocsp' ? ocspRequest(request, path.encoded) : new Uint8Array()
    const view = await options.view()
    const name = `${vault.toLowerCase()} ${authority} ${publication} ${question.toBase64()}`
    const made = await cache.get(name, view, async () => {
      const asked = limit.take(request.clientAddress)
      try {
        const call = callOf(request, path, view, await vaultNamed(view, vault))
        const answer = await ask(call, { vault, authority }, publication, question)
        if (publication === 'ocsp' && answer.nextUpdate === undefined) asked.unknown()
        return answer
      } catch (thrown) {
        if (!isUnknown(thrown)) throw thrown
        asked.unknown()
        throw new PkiRefusal(404, 'There is no such authority here.')
      }
    })
    return publishedAnswer(request, publication, made, Math.floor(clock.now() / 1000))
  }

  async function ask(
    call: Call,
    place: { readonly vault: string; readonly authority: string },
    publication: Publication,
    request: Uint8Array,
  ): Promise<Published> {
    switch (publication) {
      case 'cer':
        return await authorities.getAuthorityCertificate(call, place)
      case 'crl':
        return await authorities.getRevocationList(call, place)
      case 'ocsp':
        return await authorities.getOcspResponse(call, { ...place, request })
    }
  }

  async function perform(request: WireRequest): Promise<Answer> {
    const path = pkiPath(request.path)
    if (path === undefined) throw new PkiRefusal(404, NOTHING_HERE)
    const takesPost = path.kind === 'publication' && path.publication === 'ocsp'
    demandMethod(request.method, takesPost ? ['GET', 'HEAD', 'POST'] : ['GET', 'HEAD'])
    if (path.kind === 'publication') return await published(request, path)
    const answer = options.challengeAnswer(path.token)
    if (answer === undefined) throw new PkiRefusal(404, 'No challenge under way has this token.')
    const headers = { 'content-type': 'application/octet-stream', 'cache-control': 'no-store' }
    return { status: 200, headers, body: answer }
  }

  function refused(request: WireRequest, thrown: unknown): Answer {
    const { status, message, headers } =
      thrown instanceof PkiRefusal ? thrown : unforeseen(request, thrown, log)
    return {
      status,
      headers: {
        'content-type': 'text/plain; charset=utf-8',
        'cache-control': 'no-store',
        ...headers,
      },
      body: `${message}\n`,
    }
  }

  return {
    name: 'pki',
    bodyLimitBytes: () => MAXIMUM_OCSP_REQUEST_BYTES,
    async answer(request) {
      try {
        return await perform(request)
      } catch (thrown) {
        return refused(request, thrown)
      }
    },
    refuse: (request, refusal) => refused(request, listenerRefusal(refusal)),
  }
}

const NOTHING_HERE =
  'This port has only what certificates of this server point to, and answers to ACME challenges. ' +
  'Vaults are at the HTTPS port.'

function demandMethod(method: string, allowed: readonly string[]): void {
  if (allowed.includes(method)) return
  const list = allowed.join(', ')
  throw new PkiRefusal(405, `Use ${list}.`, { allow: list })
}

async function vaultNamed(view: AccessView, name: string): Promise<VaultRecord> {
  const vault = await view.vaultByName(name)
  if (vault === undefined || vault.deleted !== undefined) {
    throw new PkiRefusal(404, 'There is no such authority here.')
  }
  return vault
}

/** The server asks for the client: nobody needs a permission for what is published. */
function callOf(
  { requestId, clientAddress, headers }: WireRequest,
  { vault, authority, publication }: PublicationPath,
  view: AccessView,
  { tenant }: VaultRecord,
): Call {
  const call = systemCall('pki', tenant)
  return {
    ...call,
    view,
    request: {
      ...call.request,
      correlationId: requestId,
      clientAddress,
      clientInfo: clientInfo({ headers }),
      // Without the OCSP request, which may be long.
      requestUri: `pki:/pki/${vault}/${authority}/${publication}`,
    },
  }
}

function isUnknown(thrown: unknown): boolean {
  if (thrown instanceof PkiRefusal) return thrown.status === 404
  return isFault(thrown, 'VaultNotFound') || isFault(thrown, 'ObjectNotFound')
}

/** What neither the client nor the door has foreseen: a fault of the server's own. */
function unforeseen(
  { requestId }: WireRequest,
  thrown: unknown,
  log: Pick<Log, 'error'>,
): PkiRefusal {
  log.error('A publication failed through no fault of the client.', {
    requestId,
    ...faultFields(thrown),
  })
  return new PkiRefusal(
    503,
    `The authority cannot answer now; the log tells why under request id ${requestId}.`,
    { 'retry-after': '10' },
  )
}

function listenerRefusal(refusal: ListenerRefusal): PkiRefusal {
  switch (refusal.reason) {
    case 'BodyTooLarge':
      return new PkiRefusal(413, `An OCSP request has at most ${refusal.limitBytes} bytes here.`)
    case 'BodyIncomplete':
      return new PkiRefusal(408, 'The request body did not arrive in time. Send it again.')
    case 'Overloaded':
      return new PkiRefusal(503, 'The server has too many requests. Send it again later.', {
        'retry-after': '1',
      })
  }
}
