import { AcmeFailure } from './acme-failure.ts'
import type { AcmeObject } from './acme-object.ts'
import { acmeProblem } from './acme-problem.ts'
import type { AcmeSession } from './acme-session.ts'
import { awaitStatus, type Pace } from './await-status.ts'
import type { Challenge, ChallengeSolver } from './challenge.ts'

export interface AuthorizeOptions {
  readonly solver: ChallengeSolver
  /** The names of the order; no other name is proved, whatever the server asks. */
  readonly dnsNames: readonly string[]
  readonly pace: Pace
  readonly signal: AbortSignal
  /** Gives up the cleaning as well. */
  readonly cleanUpSignal: AbortSignal
  /** Told of what could not be cleaned up. */
  readonly onLeft: (thrown: unknown) => void
}

interface Open {
  readonly authorization: string
  readonly url: string
  readonly challenge: Challenge
}

/**
 * Proves every name that an order waits for (RFC 8555 §7.5); what was put up for it is taken away
 * again, however it ends.
 * @throws AcmeFailure with what the authority has found.
 */
export async function authorize(
  session: AcmeSession,
  authorizations: readonly string[],
  options: AuthorizeOptions,
): Promise<void> {
  const { solver, pace, signal, cleanUpSignal, onLeft } = options
  const presented: Challenge[] = []
  const open: Open[] = []
  try {
    for (const authorization of authorizations) {
      const found = await openChallenge(session, authorization, options)
      if (found === undefined) continue
      presented.push(found.challenge)
      await solver.present(found.challenge, signal)
      open.push(found)
    }
    for (const { url } of open) await session.completeChallenge(url)
    for (const { authorization, challenge } of open) {
      const look = async (): Promise<AcmeObject> => await session.authorization(authorization)
      const after = await awaitStatus(session, look, ['pending'], pace, signal)
      if (after.text('status') !== 'valid') throw refusal(after, challenge)
    }
  } finally {
    for (const challenge of presented) {
      await solver.cleanUp(challenge, cleanUpSignal).catch(onLeft)
    }
  }
}

/** `undefined` for a name that was proved before. */
async function openChallenge(
  session: AcmeSession,
  authorization: string,
  { solver, dnsNames }: AuthorizeOptions,
): Promise<Open | undefined> {
  const object = await session.authorization(authorization)
  const status = object.demandText('status')
  if (status === 'valid') return undefined
  const name = object.object('identifier')?.text('value')?.toLowerCase() ?? ''
  if (!dnsNames.includes(name) && !dnsNames.includes(`*.${name}`)) {
    throw new AcmeFailure('The ACME server wants a proof of a name that was not ordered.')
  }
  if (status !== 'pending') {
    throw new AcmeFailure(`The authorization of ${name} is ${status}.`, { mayPass: true })
  }
  const offered = object.objects('challenges').find((one) => one.text('type') === solver.type)
  const token = offered?.text('token') ?? ''
  if (offered === undefined || !/^[\w-]{1,256}$/.test(token)) {
    throw new AcmeFailure(`The ACME server takes no proof of ${name} by ${solver.type}.`)
  }
  return {
    authorization,
    url: offered.demandText('url'),
    challenge: { name, token, proof: await session.proof(solver.type, token) },
  }
}

function refusal(authorization: AcmeObject, { name }: Challenge): AcmeFailure {
  const problem = authorization
    .objects('challenges')
    .map((challenge) => challenge.object('error'))
    .find((error) => error !== undefined)
  const { message, type } = acmeProblem(problem)
  return new AcmeFailure(
    `${name} could not be proved. ${message}`,
    type === undefined ? {} : { type },
  )
}
