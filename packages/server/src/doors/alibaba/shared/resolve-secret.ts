import { isFault, type SecretRef } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { isSecretName, secretObjectName } from '../secret-object-name.ts'
import type { ActionContext } from './action.ts'

const { invalidParameter, KmsRefusal } = alibaba.shared

/** Which names of a secret an action takes. */
export type SecretNames = 'name' | 'nameOrArn'

/**
 * The secret that a parameter names; whether there is one, the operation says.
 * @throws KmsRefusal InvalidParameter for what cannot be a name; Forbidden.ResourceNotFound for one
 *   of another account.
 */
export async function resolveSecret(
  context: ActionContext,
  text: string,
  names: SecretNames = 'name',
): Promise<SecretRef> {
  const arn = names === 'nameOrArn' ? alibaba.shared.parseResourceName(text) : undefined
  if (arn !== undefined && arn.kind !== 'secret') {
    throw invalidParameter('SecretName', 'must be the name or the ARN of a secret')
  }
  const secret = await secretCalled(context, arn?.name ?? text)
  if (arn === undefined || isOwn(context, arn)) return secret
  throw await foreign(context, secret)
}

/** @throws KmsRefusal InvalidParameter */
export function demandSecretName(name: string): string {
  if (isSecretName(name)) return name
  const rule = 'must have 1 to 192 letters, digits and any of _ / + = . @ -'
  throw invalidParameter('SecretName', rule)
}

async function secretCalled(
  { vault, tenant, settings, instance }: ActionContext,
  secretName: string,
): Promise<SecretRef> {
  const name = secretObjectName(demandSecretName(secretName))
  const container = instance ?? (await vault.secretFinder.find(tenant.id, name))
  return { vault: container ?? settings.homeVault, name }
}

/** An ARN of another account or region names nothing here. */
function isOwn(
  { account, region }: ActionContext,
  arn: alibaba.shared.ResourceName,
): boolean {
  return arn.account === account && arn.region === region
}

/** Asks for it all the same, so that the call is decided and audited. @throws Fault AccessDenied */
async function foreign(
  { vault, call }: ActionContext,
  secret: SecretRef,
): Promise<alibaba.shared.KmsRefusal> {
  try {
    await vault.secrets.describe(call, { secret })
  } catch (thrown) {
    if (!isFault(thrown, 'ObjectNotFound')) throw thrown
  }
  return new KmsRefusal('Forbidden.ResourceNotFound')
}
