import { environment, operatingSystem, readTextFile } from '../../core/environment.ts'
import { AuthenticationError } from '../../core/errors.ts'
import { type OperationOptions, type PipelineOptions, send } from '../../core/pipeline.ts'
import type { AccessToken } from '../token-credential.ts'
import { readToken, type TokenAnswer } from './ask-token.ts'
import type { ManagedIdentityId } from './managed-identity-endpoint.ts'

const MOST_KEY_BYTES = 4096

/**
 * A token of the agent of Azure Arc. It wants to see that who asks may read the machine's files: it
 * names one, whose content is the password of the second request.
 * @throws AuthenticationError when the file is none of the agent's, when it refuses, or when it
 *   gives the token of another identity, as agents do that know the machine's own alone.
 */
export async function askAzureArc(
  url: string,
  identity: ManagedIdentityId,
  pipeline: PipelineOptions,
  call: OperationOptions,
): Promise<AccessToken> {
  const headers = { metadata: 'true' }
  const request = { method: 'GET', url, headers, isRepeatable: true }
  let answer = await send(() => request, pipeline, call)
  if (answer.status === 401) {
    const authorization = `Basic ${await readKey(answer.headers.get('www-authenticate'))}`
    const proved = { ...request, headers: { ...headers, authorization } }
    answer = await send(() => proved, pipeline, call)
  }
  return readToken(answer, url, (body) => {
    if (isOf(body, identity)) return
    throw wrong('The agent of Azure Arc gave a token of another identity than the one asked for.')
  })
}

async function readKey(challenge: string | null): Promise<string> {
  const path = /^Basic realm=(.+)$/i.exec(challenge ?? '')?.[1]
  const folder = tokensFolder()
  // Whoever answers at that port must not choose which file is sent to it.
  if (!path?.startsWith(folder) || !/^[\w.-]{1,250}\.key$/.test(path.slice(folder.length))) {
    throw wrong("The agent of Azure Arc names a file that is not in the agent's own folder.")
  }
  let key = ''
  try {
    key = (await readTextFile(path, MOST_KEY_BYTES)).trim()
  } catch {
    // Told below, without the runtime's words.
  }
  if (/^[\x21-\x7e]+$/.test(key)) return key
  throw wrong(
    'The key of the agent of Azure Arc cannot be read: that takes the rights of the group himds, ' +
      'or of an administrator.',
  )
}

/** @throws AuthenticationError where the agent does not run. */
function tokensFolder(): string {
  const { ProgramData: data } = environment()
  const system = operatingSystem()
  if (system === 'linux') return '/var/opt/azcmagent/tokens/'
  if (system === 'win32' && data) return `${data}\\AzureConnectedMachineAgent\\Tokens\\`
  throw wrong('Azure Arc gives tokens on Linux and Windows, to programs that can read files.')
}

function isOf(body: TokenAnswer, { clientId, objectId, resourceId }: ManagedIdentityId): boolean {
  if (resourceId !== undefined) {
    return [body.msi_res_id, body.mi_res_id].some((one) => isSame(one, resourceId))
  }
  if (objectId !== undefined) return isSame(body.object_id, objectId)
  return !clientId || isSame(body.client_id, clientId)
}

function isSame(given: unknown, asked: string): boolean {
  return typeof given === 'string' && given.toLowerCase() === asked.toLowerCase()
}

function wrong(message: string): AuthenticationError {
  return new AuthenticationError({ code: 'AzureArcRefused', message })
}
