import type { Fetch } from '../core/index.ts'
import type { JsonText } from './actions/shared-types.ts'
import type { KmsCredential, KmsCredentialProvider } from './kms-credential.ts'
import type { KmsPlatform } from './kms-platform.ts'
import type { OpenApiConfig } from './open-api-config.ts'
import { callShared } from './shared/shared-gateway.ts'

/** Which role is acted as, and who asks for it. */
export interface AssumeRoleOptions {
  /** `acs:ram::<account>:role/<name>` */
  readonly roleArn: string
  /** What records call the session; 2 to 64 characters. */
  readonly roleSessionName: string
  /** 900 seconds to what the role allows; 3,600 unless said. */
  readonly durationSeconds?: number
  /** What the session may do, beyond which the role's own permissions do not count. */
  readonly policy?: JsonText
  /** What the role's owner has agreed on with a third party. */
  readonly externalId?: string
  /** The token service, `sts.<regionId>.aliyuncs.com` unless `endpoint` is given, and who asks. */
  readonly config?: OpenApiConfig
  /** What files and TLS options need. */
  readonly platform?: KmsPlatform
  /** Instead of the platform's, and of the runtime's own. */
  readonly fetch?: Fetch
}

const VERSION = '2015-04-01'

/** Milliseconds before its end at which a session is renewed. */
const EARLY = 5 * 60 * 1000

interface Session extends KmsCredential {
  /** Milliseconds since 1970. */
  readonly ends: number
}

/**
 * The access keys of sessions (STS, AssumeRole): one is kept until five minutes before its end, and
 * calls that come together ask for one. A failure is not kept.
 * @throws AccessDeniedError at the first request when the role may not be acted as.
 * @see https://api.alibabacloud.com/document/Sts/2015-04-01/AssumeRole
 */
export function assumeRoleCredential(options: AssumeRoleOptions): KmsCredentialProvider {
  let session: Promise<Session> | undefined
  const renewed = async (): Promise<Session> => {
    const asked = assumeRole(options)
    session = asked
    try {
      return await asked
    } catch (error) {
      session = undefined
      throw error
    }
  }
  return {
    async getCredential(): Promise<KmsCredential> {
      const before = session
      const kept = await (before ?? renewed())
      if (kept.ends - EARLY > Date.now()) return kept
      // Somebody else may have noticed first, and asked.
      return session === before ? renewed() : (session ?? renewed())
    },
  }
}

async function assumeRole(options: AssumeRoleOptions): Promise<Session> {
  const { config = {}, platform, fetch, durationSeconds = 3600 } = options
  const { roleArn, roleSessionName, policy, externalId } = options
  const region = config.regionId === undefined ? '' : `${config.regionId}.`
  const endpoint = config.endpoint ?? `sts.${region}aliyuncs.com`
  const gateway = { config: { ...config, endpoint }, surroundings: { platform, fetch } }
  const request = { roleArn, roleSessionName, durationSeconds, policy, externalId }
  const { body } = await callShared({ ...gateway, version: VERSION }, 'AssumeRole', request, {})
  const { credentials = {} } = body as { readonly credentials?: Readonly<Record<string, string>> }
  const { accessKeyId, accessKeySecret, securityToken, expiration = '' } = credentials
  return { accessKeyId, accessKeySecret, securityToken, ends: Date.parse(expiration) || 0 }
}
