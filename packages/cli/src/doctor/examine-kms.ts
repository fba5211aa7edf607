import { readFile } from 'node:fs/promises'
import {
  AccessDeniedError,
  ConnectionError,
  type Fetch,
  ResourceNotFoundError,
} from '@claviger/client/azure'
import { nodeFetch } from '@claviger/client/node'
import type { CommandContext } from '../command-context.ts'
import { explained } from '../explained.ts'
import { fromKms } from '../kms/kms-failure.ts'
import { kmsClient, kmsPlaces, type KmsPlace } from '../kms/kms-connection.ts'
import { clockFinding, type Finding, nameFinding, noConnectionFinding, PATIENCE_MS } from './examine.ts'

/** A key that nobody has: whether it is asked for with a right or without, nothing comes of it. */
const NO_KEY = 'claviger-doctor'

/**
 * Looks at all that lies between this machine and the gateways of KMS that the environment names;
 * ends with each at the first that is wrong. @throws CliError when it names none.
 */
export async function* examineKms(context: CommandContext): AsyncGenerator<Finding, undefined> {
  const client = kmsClient(context)
  for (const place of kmsPlaces(context)) yield* placeFindings(place, client, context)
}

async function* placeFindings(
  place: KmsPlace,
  client: ReturnType<typeof kmsClient>,
  context: CommandContext,
): AsyncGenerator<Finding, undefined> {
  const { say } = context
  const url = `https://${place.endpoint}/`
  const name = await nameFinding(url, context)
  yield name
  if (name.state === 'failed') return
  const { host } = new URL(url)
  let answer: Response
  try {
    const fetch = await fetchOf(place, context)
    answer = await fetch(url, { method: 'GET', signal: AbortSignal.timeout(PATIENCE_MS) })
  } catch (error) {
    yield noConnectionFinding(host, error, 'hintKmsUntrusted', say)
    return
  }
  // What it says to who has not signed matters to nobody; what signs is asked next.
  await answer.body?.cancel()
  yield { check: 'connection', state: 'ok', detail: say('foundGateway', { host }) }
  yield clockFinding(answer.headers.get('date'), say)
  yield* accessFindings(place, host, client, context)
}

async function fetchOf({ caFile }: KmsPlace, { surroundings }: CommandContext): Promise<Fetch> {
  if (surroundings.fetch !== undefined) return surroundings.fetch
  return nodeFetch(caFile === undefined ? {} : { ca: await readFile(caFile, 'utf8') })
}

async function* accessFindings(
  { gateway }: KmsPlace,
  host: string,
  client: ReturnType<typeof kmsClient>,
  { say }: CommandContext,
): AsyncGenerator<Finding, undefined> {
  const isShared = gateway === 'shared'
  const runtime = { isUseKmsShareGateway: isShared }
  const taken: Finding = {
    check: 'credential',
    state: 'ok',
    detail: say('foundKmsCredential', { host }),
  }
  try {
    await fromKms(
      isShared
        ? client.callApi('ListKeys', { pageNumber: 1, pageSize: 1 }, runtime)
        : client.callApi('GetPublicKey', { keyId: NO_KEY }, runtime),
    )
  } catch (error) {
    const cause = error instanceof Error ? error.cause : undefined
    const isDenied = cause instanceof AccessDeniedError
    // An instance has nothing that every client key may do: only that it is known is said.
    if (!isShared && (isDenied || cause instanceof ResourceNotFoundError)) {
      yield taken
      return
    }
    const [detail = ''] = explained(error, say).message.split(/\r?\n/)
    if (isDenied) {
      yield taken
      yield { check: 'permission', state: 'failed', detail, advice: say('hintKmsDenied') }
      return
    }
    const advice = cause instanceof ConnectionError ? 'hintKmsUnreachable' : 'hintNoKmsCredential'
    yield { check: 'credential', state: 'failed', detail, advice: say(advice) }
    return
  }
  yield taken
  if (isShared) yield { check: 'permission', state: 'ok', detail: say('foundKmsPermission') }
}
