import { createPrivateKey } from 'node:crypto'
import { systemCall, type Vault } from '@claviger/vault'
import type { Signers } from '../rows/signers.ts'

/**
 * Gives the user and the access point of the first start a key each. A server that is started on
 * the store makes others for its connect files, and leaves these.
 * @throws Error when the store has no such user
 */
export async function makeSigners(vault: Vault): Promise<Signers> {
  const tenant = await (await vault.view()).defaultTenant()
  if (tenant?.localUser === undefined) throw new Error('The first start has made no user.')
  const call = systemCall('bench', tenant.id)
  const { accessKeyId, secret } = await vault.credentials.createAccessKey(call, {
    principal: tenant.localUser,
    displayName: 'bench',
  })
  const made = await vault.clientKeys.create(call, { accessPoint: 'default' })
  const key = Buffer.from(made.privateKey.reveal())
  return {
    tenant,
    accessKey: { id: accessKeyId, secret: secret.reveal() },
    clientKey: {
      id: made.clientKey.clientKeyId,
      privateKey: createPrivateKey({ key, format: 'der', type: 'pkcs8' }),
    },
  }
}
