import { publicKeyDer, type ImportWrapping } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import type { Actions } from '../action.ts'
import { time } from '../answer-key.ts'
import { keyRef, resolveKey } from '../resolve-key.ts'
import { stateModified } from '../state-modified.ts'

/** How material is encrypted on its way, by the spec of the wrapping key and the algorithm. */
const WRAPPINGS: Readonly<Record<string, Readonly<Record<string, ImportWrapping>>>> = {
  RSA_2048: {
    RSAES_PKCS1_V1_5: 'RSA1_5',
    RSAES_OAEP_SHA_1: 'RSA-OAEP',
    RSAES_OAEP_SHA_256: 'RSA-OAEP-256',
  },
  EC_SM2: { SM2PKE: 'SM2' },
}

/** Keys whose material comes from elsewhere. */
export const KEY_IMPORT_ACTIONS: Actions<
  'GetParametersForImport' | 'ImportKeyMaterial' | 'DeleteKeyMaterial'
> = {
  async GetParametersForImport(request) {
    const { KeyId, WrappingKeySpec, WrappingAlgorithm } = request.parameters
    const algorithms = memberOf(WRAPPINGS, WrappingKeySpec, 'WrappingKeySpec')
    const wrapping = memberOf(algorithms, WrappingAlgorithm, 'WrappingAlgorithm')
    const place = await resolveKey(request, KeyId, 'id')
    const key = keyRef(place)
    const made = await request.vault.keys.getImportParameters(request.call, { key, wrapping })
    return {
      KeyId: place.keyId,
      ImportToken: alibaba.shared.encodeBase64(made.token),
      PublicKey: alibaba.shared.encodeBase64(publicKeyDer(made.publicKey)),
      TokenExpireTime: time(made.expires),
    }
  },

  async ImportKeyMaterial(request) {
    const { KeyId, EncryptedKeyMaterial, ImportToken, KeyMaterialExpireUnix } = request.parameters
    const key = keyRef(await resolveKey(request, KeyId, 'id'))
    await request.vault.keys
      .importMaterial(request.call, {
        key,
        token: ImportToken,
        encrypted: EncryptedKeyMaterial,
        ...(KeyMaterialExpireUnix === 0 ? {} : { expires: KeyMaterialExpireUnix }),
      })
      .catch(stateModified)
    return {}
  },

  async DeleteKeyMaterial(request) {
    const key = keyRef(await resolveKey(request, request.parameters.KeyId, 'id'))
    await request.vault.keys.deleteMaterial(request.call, { key })
    return {}
  },
}

/** @throws KmsRefusal InvalidParameter */
function memberOf<Value>(
  table: Readonly<Record<string, Value>>,
  name: string,
  parameter: string,
): Value {
  const value = Object.hasOwn(table, name) ? table[name] : undefined
  if (value !== undefined) return value
  throw alibaba.shared.invalidParameter(parameter, `must be ${Object.keys(table).join(' or ')}`)
}
