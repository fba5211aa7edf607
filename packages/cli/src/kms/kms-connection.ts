import { KmsClient, type KmsConfig, type OpenApiConfig } from '@claviger/client/alibaba'
import { nodePlatform } from '@claviger/client/node'
import { usageError } from '../cli-error.ts'
import type { CommandContext } from '../command-context.ts'
import type { Surroundings } from '../surroundings.ts'

/**
 * A client of the gateways that the environment names, by the variables that the server's
 * `connect.env` sets. @throws CliError when it names none.
 */
export function kmsClient({ surroundings, say }: CommandContext): KmsClient {
  const variable = variablesOf(surroundings)
  const trust = given({ ca: variable('KMS_CA_FILE') })
  const regionId = variable('REGION_ID')
  const endpoint = variable('KMS_ENDPOINT')
  const instance = variable('KMS_INSTANCE_ENDPOINT')
  const clientKeyFile = variable('KMS_CLIENT_KEY_FILE')
  const password = variable('KMS_CLIENT_KEY_PASSWORD')
  const accessKey = given({
    accessKeyId: variable('ACCESS_KEY_ID'),
    accessKeySecret: variable('ACCESS_KEY_SECRET'),
    securityToken: variable('SECURITY_TOKEN'),
  })
  const config: OpenApiConfig | undefined =
    regionId === undefined && endpoint === undefined
      ? undefined
      : { ...trust, ...accessKey, ...given({ regionId, endpoint }) }
  const kmsConfig: KmsConfig | undefined =
    instance === undefined || clientKeyFile === undefined
      ? undefined
      : { ...trust, endpoint: instance, clientKeyFile, ...given({ password }) }
  if (config === undefined && kmsConfig === undefined) throw usageError(say('noGateway'))
  return new KmsClient({
    ...(config === undefined ? {} : { config }),
    ...(kmsConfig === undefined ? {} : { kmsConfig }),
    platform: nodePlatform,
    ...given({ fetch: surroundings.fetch }),
  })
}

/** A gateway that the environment names, and the file of who is trusted there. */
export interface KmsPlace {
  readonly gateway: 'shared' | 'instance'
  /** A host, or `host:port`. */
  readonly endpoint: string
  readonly caFile?: string
}

/** The gateways that `kmsClient` asks. */
export function kmsPlaces({ surroundings }: CommandContext): readonly KmsPlace[] {
  const variable = variablesOf(surroundings)
  const trust = given({ caFile: variable('KMS_CA_FILE') })
  const regionId = variable('REGION_ID')
  const cloud = regionId === undefined ? undefined : `kms.${regionId}.aliyuncs.com`
  const shared = variable('KMS_ENDPOINT') ?? cloud
  const instance = variable('KMS_INSTANCE_ENDPOINT')
  const hasInstance = instance !== undefined && variable('KMS_CLIENT_KEY_FILE') !== undefined
  return [
    ...(shared === undefined ? [] : [{ gateway: 'shared' as const, endpoint: shared, ...trust }]),
    ...(hasInstance ? [{ gateway: 'instance' as const, endpoint: instance, ...trust }] : []),
  ]
}

/** One that is empty is not set. */
function variablesOf({ environment }: Surroundings): (name: string) => string | undefined {
  return (name) => environment[`ALIBABA_CLOUD_${name}`] || undefined
}

type Given<Members> = { [Name in keyof Members]?: Exclude<Members[Name], undefined> }

function given<Members extends object>(members: Members): Given<Members> {
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as Given<Members>
}
