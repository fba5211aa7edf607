import { Secret } from '@claviger/vault'
import { ConfigError, type Config } from '../config.ts'
import { externalProvider, type ExternalProvider } from '../doors/entra/external-provider.ts'
import { readPrivateFile } from '../read-private-file.ts'
import { settings } from '../settings.ts'

type ProviderConfig = Pick<
  Config,
  'oidcIssuer' | 'oidcClientId' | 'oidcClientSecretFile' | 'oidcUserNameClaim' | 'oidcNewUsers'
>

/**
 * The OpenID Connect provider of the settings, if there is one; it is asked when somebody goes there.
 * @throws ConfigError when the file of the client secret is missing, Fault UnsealFailed when others
 *   may read it.
 */
export async function externalProviderOf(
  config: ProviderConfig,
): Promise<{ readonly provider?: ExternalProvider }> {
  const { oidcIssuer, oidcClientId, oidcUserNameClaim, oidcNewUsers } = config
  if (oidcIssuer === undefined || oidcClientId === undefined) return {}
  const secret = await clientSecret(config.oidcClientSecretFile)
  const provider = externalProvider({
    issuer: oidcIssuer,
    clientId: oidcClientId,
    userNameClaim: oidcUserNameClaim,
    makesUsers: oidcNewUsers,
    ...(secret === undefined ? {} : { clientSecret: secret }),
  })
  return { provider }
}

async function clientSecret(path: string | undefined): Promise<Secret | undefined> {
  if (path === undefined) return undefined
  const bytes = await readPrivateFile('client secret file', path)
  const text = bytes?.toString('utf8').trim() ?? ''
  bytes?.fill(0)
  if (text !== '') return Secret.fromText(text)
  const { variable } = settings.oidcClientSecretFile
  throw new ConfigError([`${variable} names ${path}, which is missing or empty; put the secret there.`])
}
