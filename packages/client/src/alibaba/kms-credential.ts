import { environment } from '../core/environment.ts'
import { CredentialUnavailableError } from '../core/index.ts'

/** An access key; of a session it has a token too. */
export interface KmsCredential {
  /** Names the access key; not secret. */
  readonly accessKeyId?: string | undefined
  /** Signs requests; never sent. */
  readonly accessKeySecret?: string | undefined
  /** Of a session (STS). */
  readonly securityToken?: string | undefined
}

/** Gives the access key for a request; a client of `@alicloud/credentials` is one. */
export interface KmsCredentialProvider {
  /** Asked before every request; who takes long to make one keeps it. */
  getCredential(): Promise<KmsCredential>
}

/** An access key that can sign. */
export interface AccessKey extends KmsCredential {
  readonly accessKeyId: string
  readonly accessKeySecret: string
}

/**
 * The access key of `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and
 * `ALIBABA_CLOUD_SECURITY_TOKEN`, read anew for each request.
 * @throws CredentialUnavailableError at the first request when the first two are not both set.
 * @see https://www.npmjs.com/package/@alicloud/credentials
 */
export function environmentCredential(): KmsCredentialProvider {
  return {
    getCredential: () => {
      const variables = environment()
      return Promise.resolve({
        accessKeyId: variables['ALIBABA_CLOUD_ACCESS_KEY_ID'],
        accessKeySecret: variables['ALIBABA_CLOUD_ACCESS_KEY_SECRET'],
        securityToken: variables['ALIBABA_CLOUD_SECURITY_TOKEN'],
      })
    },
  }
}

interface WithAccessKey extends KmsCredential {
  readonly credential?: KmsCredentialProvider | undefined
}

/** The access key of a configuration. @throws CredentialUnavailableError */
export async function accessKeyOf(config: WithAccessKey): Promise<AccessKey> {
  const { accessKeyId, accessKeySecret, securityToken } = await credentialOf(config)
  if (accessKeyId && accessKeySecret) return { accessKeyId, accessKeySecret, securityToken }
  throw new CredentialUnavailableError({
    code: 'CredentialUnavailable',
    message:
      'There is no access key: give accessKeyId and accessKeySecret, or a credential, or set ' +
      'ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET.',
  })
}

function credentialOf(config: WithAccessKey): Promise<KmsCredential> {
  if (config.credential !== undefined) return config.credential.getCredential()
  const isFixed = config.accessKeyId !== undefined || config.accessKeySecret !== undefined
  return isFixed ? Promise.resolve(config) : environmentCredential().getCredential()
}
