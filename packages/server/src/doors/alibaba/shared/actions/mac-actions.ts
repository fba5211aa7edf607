import type { MacAlgorithm } from '@claviger/vault'
import { alibaba } from '@claviger/wire'
import { MAC_ALGORITHMS } from '../../key-specs.ts'
import type { Actions } from '../action.ts'
import { inParameter } from '../in-parameter.ts'
import { keyRef, resolveKey } from '../resolve-key.ts'

const { encodeBase64, invalidParameter } = alibaba.shared

/** Message authentication codes. */
export const MAC_ACTIONS: Actions<'GenerateMac' | 'VerifyMac'> = {
  async GenerateMac(request) {
    const { vault, call, parameters } = request
    const algorithm = macOf(parameters.Algorithm)
    const place = await resolveKey(request, parameters.KeyId)
    const { code } = await vault.keys
      .generateMac(call, { key: keyRef(place), algorithm, message: parameters.Message })
      .catch(inParameter({ message: 'Message' }))
    return { KeyId: place.keyId, Algorithm: parameters.Algorithm, Mac: encodeBase64(code) }
  },

  async VerifyMac(request) {
    const { vault, call, parameters } = request
    const { Message: message, Mac: code } = parameters
    const algorithm = macOf(parameters.Algorithm)
    const place = await resolveKey(request, parameters.KeyId)
    const { valid } = await vault.keys
      .verifyMac(call, { key: keyRef(place), algorithm, message, code })
      .catch(inParameter({ message: 'Message' }))
    return { KeyId: place.keyId, Algorithm: parameters.Algorithm, Value: valid }
  },
}

/** @throws KmsRefusal InvalidParameter */
function macOf(name: string): MacAlgorithm {
  const algorithm = Object.hasOwn(MAC_ALGORITHMS, name) ? MAC_ALGORITHMS[name] : undefined
  if (algorithm !== undefined) return algorithm
  throw invalidParameter('Algorithm', `must be one of ${Object.keys(MAC_ALGORITHMS).join(', ')}`)
}
