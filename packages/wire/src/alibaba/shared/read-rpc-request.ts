import {
  demand,
  demandAccessKeyId,
  demandTimestamp,
  readNonce,
  readSecurityToken,
} from './common-values.ts'
import { KmsRefusal } from './kms-refusal.ts'
import type { RawRequest } from './raw-request.ts'
import { answerFormat } from './read-parameters.ts'
import type { RequestParameters } from './request-parameters.ts'
import {
  RPC_SIGNATURE_METHODS,
  type RpcRequest,
  type RpcSignatureMethod,
} from './signed-request.ts'

/** A request of the first generation: everything is a parameter. @throws KmsRefusal */
export function readRpcRequest(raw: RawRequest, parameters: RequestParameters): RpcRequest {
  const common = (name: string): string | undefined => parameters.get(name)
  return {
    scheme: 'rpc',
    action: demand(common('Action'), 'MissingAction', 'the parameter Action'),
    version: demand(common('Version'), 'MissingVersion', 'the parameter Version'),
    format: answerFormat(parameters),
    parameters,
    accessKeyId: demandAccessKeyId(common('AccessKeyId'), 'the parameter AccessKeyId'),
    securityToken: readSecurityToken(common('SecurityToken')),
    timestamp: demandTimestamp(common('Timestamp'), 'the parameter Timestamp'),
    nonce: readNonce(common('SignatureNonce'), 'SignatureNonce'),
    signatureMethod: demandMethod(parameters),
    signature: demand(common('Signature'), 'MissingSignature', 'the parameter Signature'),
    raw,
  }
}

function demandMethod(parameters: RequestParameters): RpcSignatureMethod {
  const named = demand(
    parameters.get('SignatureMethod'),
    'MissingSignatureMethod',
    'the parameter SignatureMethod',
  )
  const method = RPC_SIGNATURE_METHODS.find((one) => one === named)
  if (method === undefined) {
    throw incomplete(`SignatureMethod must be one of ${RPC_SIGNATURE_METHODS.join(', ')}.`)
  }
  const version = demand(
    parameters.get('SignatureVersion'),
    'MissingSignatureVersion',
    'the parameter SignatureVersion',
  )
  if (version !== '1.0') throw incomplete('SignatureVersion must be 1.0.')
  // Older SDKs send an empty SignatureType, which is as good as none.
  const type = parameters.get('SignatureType') ?? ''
  if (type === (method === 'SHA256withRSA' ? 'PRIVATEKEY' : '')) return method
  throw incomplete(
    'SignatureType must be PRIVATEKEY with the SignatureMethod SHA256withRSA, and else empty.',
  )
}

function incomplete(recommend: string): KmsRefusal {
  return new KmsRefusal('IncompleteSignature', { recommend })
}
