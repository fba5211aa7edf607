import type { KmsActionMethods } from '../actions/action-methods.ts'
import type { KmsResponse } from '../kms-response.ts'
import type { KmsInstanceAction } from '../route.ts'
import {
  asymmetricDecrypt,
  asymmetricEncrypt,
  asymmetricSign,
  asymmetricVerify,
  getPublicKey,
} from './asymmetric-transfers.ts'
import { getSecretValue } from './secret-transfer.ts'
import {
  decrypt,
  encrypt,
  generateDataKey,
  generateDataKeyWithoutPlaintext,
} from './symmetric-transfers.ts'
import type { Transfer, TransferAnswer } from './transfer.ts'

type RequestOf<Action extends KmsInstanceAction> = NonNullable<
  Parameters<KmsActionMethods[Uncapitalize<Action>]>[0]
>

type Transfers = {
  readonly [Action in KmsInstanceAction]: (
    transfer: Transfer,
    request: RequestOf<Action>,
  ) => Promise<TransferAnswer<unknown>>
}

const TRANSFERS: Transfers = {
  Encrypt: encrypt,
  Decrypt: decrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GetPublicKey: getPublicKey,
  AsymmetricEncrypt: asymmetricEncrypt,
  AsymmetricDecrypt: asymmetricDecrypt,
  AsymmetricSign: asymmetricSign,
  AsymmetricVerify: asymmetricVerify,
  GetSecretValue: getSecretValue,
}

/** @throws ClavigerError in the words of the shared gateway. */
export async function callInstance<Action extends KmsInstanceAction>(
  transfer: Transfer,
  action: Action,
  request: RequestOf<Action>,
): Promise<KmsResponse<unknown>> {
  const { headers, body } = await TRANSFERS[action](transfer, request)
  return { headers: Object.fromEntries(headers), statusCode: 200, body }
}
