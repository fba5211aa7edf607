import { isIP } from 'node:net'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import type { ServerPlace } from './server-place.ts'

/** The word under which the lines of a hosts file are connected and taken back. */
export const HOSTS = 'hosts'

/** RFC 6761: names below it are this machine's own, though many systems look them up nowhere. */
const OWN_DOMAIN = 'localhost'
const OWN_ADDRESS = '127.0.0.1'
/** Where the environment names the gateways of Alibaba Cloud KMS, as connect.env does. */
const GATEWAYS = ['ALIBABA_CLOUD_KMS_ENDPOINT', 'ALIBABA_CLOUD_KMS_INSTANCE_ENDPOINT'] as const

/**
 * The lines by which a hosts file leads the names of a server to its address, one name in each.
 * @param address an IPv4 or IPv6 address; 127.0.0.1 for a server below `localhost` unless said.
 * @throws CliError when there is none, or it is none.
 */
export function hostLines(
  place: ServerPlace,
  address: string | undefined,
  { say, surroundings: { environment } }: CommandContext,
): readonly string[] {
  const isOwn = `.${place.domain}`.endsWith(`.${OWN_DOMAIN}`)
  const leadsTo = address ?? (isOwn ? OWN_ADDRESS : undefined)
  if (leadsTo === undefined) throw usageError(say('noAddress', { domain: place.domain }))
  if (isIP(leadsTo) === 0) throw usageError(say('badAddress', { address: leadsTo }))
  const gateways = GATEWAYS.flatMap((name) => {
    const [host = ''] = (environment[name] ?? '').split(':')
    // Of another server, such as the cloud's own, they are found as they are.
    return host.endsWith(`.${place.domain}`) ? [host] : []
  })
  return [...new Set([...place.hosts, ...gateways])].map((host) => `${leadsTo} ${host}`)
}
