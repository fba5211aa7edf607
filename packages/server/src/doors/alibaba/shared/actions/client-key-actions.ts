import { clientKeyPkcs12, pemOf, type ClientKey, type CreatedClientKey } from '@claviger/vault'
import type { alibaba } from '@claviger/wire'
import type { ActionContext, Actions } from '../action.ts'
import { time } from '../answer-key.ts'
import { demandClientKeyPassword } from '../client-key-password.ts'
import { inParameter } from '../in-parameter.ts'

const ALGORITHM = 'RSA_2048'

const inParameters = inParameter({ name: 'AapName', notBefore: 'NotBefore', notAfter: 'NotAfter' })

/** Client keys: the key pairs with which programs sign as an access point. */
export const CLIENT_KEY_ACTIONS: Actions<
  'CreateClientKey' | 'GetClientKey' | 'ListClientKeys' | 'DeleteClientKey'
> = {
  async CreateClientKey(request) {
    const { vault, call, parameters } = request
    const { AapName: accessPoint, Password, NotBefore, NotAfter } = parameters
    const password = demandClientKeyPassword(Password)
    const validity = {
      ...(NotBefore === undefined ? {} : { notBefore: NotBefore }),
      ...(NotAfter === undefined ? {} : { notAfter: NotAfter }),
    }
    const made = await vault.clientKeys
      .create(call, { accessPoint, ...validity })
      .catch(inParameters)
    const { clientKeyId, notBefore, expiresAt } = made.clientKey
    return {
      ClientKeyId: clientKeyId,
      KeyAlgorithm: ALGORITHM,
      PrivateKeyData: (await fileOf(request, made, password)).toBase64(),
      NotBefore: time(notBefore),
      NotAfter: time(expiresAt),
    }
  },

  async GetClientKey({ vault, call, parameters }) {
    return answer(await vault.clientKeys.get(call, { clientKeyId: parameters.ClientKeyId }))
  },

  async ListClientKeys({ vault, call, parameters: { AapName } }) {
    const wanted = AapName === undefined ? {} : { accessPoint: AapName }
    const found = await vault.clientKeys.list(call, wanted).catch(inParameters)
    return { ClientKeys: found.map(answer) }
  },

  async DeleteClientKey({ vault, call, parameters }) {
    await vault.clientKeys.delete(call, { clientKeyId: parameters.ClientKeyId })
    return {}
  },
}

/** A client key whose private half nobody has got is taken back. */
async function fileOf(
  { vault, call }: ActionContext,
  made: CreatedClientKey,
  password: string,
): Promise<Uint8Array> {
  try {
    return await clientKeyPkcs12(made, password)
  } catch (thrown) {
    // Why it failed says more than why it could not be taken back.
    const { clientKeyId } = made.clientKey
    await vault.clientKeys.delete(call, { clientKeyId }).catch(() => undefined)
    throw thrown
  } finally {
    made.privateKey.wipe()
  }
}

function answer(key: ClientKey): alibaba.shared.AnswerObject {
  return {
    ClientKeyId: key.clientKeyId,
    AapName: key.accessPoint,
    KeyAlgorithm: ALGORITHM,
    KeyOrigin: 'KMS_PROVIDED',
    PublicKeyData: pemOf('CERTIFICATE', Buffer.from(key.certificate, 'base64')),
    CreateTime: time(key.createdAt),
    NotBefore: time(key.notBefore),
    NotAfter: time(key.expiresAt),
  }
}
