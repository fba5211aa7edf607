import type { ActionTable } from './action-row.ts'
import { optional, required } from './parameter.ts'
import { DRY_RUN, KEY_ID } from './shared-parameters.ts'

/** Documented as required; without it we take the newest version, as the instance gateway does. */
const VERSION = { KeyVersionId: optional('text') } as const
const ALGORITHM = { Algorithm: required('text') } as const
const WITH_KEY = { ...KEY_ID, ...VERSION, ...ALGORITHM, ...DRY_RUN } as const

const DIGEST = { Digest: required('base64') } as const
const MESSAGE = { Message: required('base64', { confidential: true }) } as const

export const ASYMMETRIC_ACTIONS = {
  AsymmetricEncrypt: {
    parameters: { ...WITH_KEY, Plaintext: required('base64', { confidential: true }) },
    onInstance: true,
  },
  AsymmetricDecrypt: {
    parameters: { ...WITH_KEY, CiphertextBlob: required('base64') },
    onInstance: true,
  },
  AsymmetricSign: { parameters: { ...WITH_KEY, ...DIGEST }, onInstance: true },
  AsymmetricVerify: {
    parameters: { ...WITH_KEY, ...DIGEST, Value: required('base64') },
    onInstance: true,
  },
  GetPublicKey: { parameters: { ...KEY_ID, ...VERSION, ...DRY_RUN }, onInstance: true },
} as const satisfies ActionTable

export const MAC_ACTIONS = {
  GenerateMac: {
    parameters: { ...KEY_ID, ...ALGORITHM, ...MESSAGE, ...DRY_RUN },
    onInstance: true,
  },
  VerifyMac: {
    parameters: { ...KEY_ID, ...ALGORITHM, ...MESSAGE, Mac: required('base64'), ...DRY_RUN },
    onInstance: true,
  },
} as const satisfies ActionTable
