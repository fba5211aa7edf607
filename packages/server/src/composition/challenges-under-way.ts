import type { ChannelToPrimary } from '../process/messages.ts'

/**
 * The key authorizations of the ACME challenges under way, by token, as the primary says them:
 * those of before this worker started, and those that begin and end from then on.
 */
export async function challengesUnderWay(
  channel: Pick<ChannelToPrimary, 'onNotice' | 'request'>,
): Promise<ReadonlyMap<string, string>> {
  const challenges = new Map<string, string>()
  // One that ends after the primary has listed it, and before the list is read here.
  const ended = new Set<string>()
  let isListed = false
  channel.onNotice('acme/challenge', ({ token, keyAuthorization }) => {
    if (keyAuthorization !== undefined) challenges.set(token, keyAuthorization)
    else challenges.delete(token)
    if (keyAuthorization === undefined && !isListed) ended.add(token)
  })
  for (const [token, keyAuthorization] of await channel.request('acme/challenges', undefined)) {
    if (!ended.has(token)) challenges.set(token, keyAuthorization)
  }
  isListed = true
  return challenges
}
