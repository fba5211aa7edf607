import type { ActionTable } from './action-row.ts'
import { optional, required } from './parameter.ts'
import { KEY_ID } from './shared-parameters.ts'

/** Known from one SDK each: npm 1.x, and alibaba-cloud-sdk-go. */
export const OLDER_ACTIONS = {
  DescribeService: { parameters: {}, legacy: true },
  // Documented nowhere; the kinds are those of the instance gateway's operation of this name.
  AdvanceEncrypt: {
    parameters: {
      ...KEY_ID,
      Plaintext: required('base64', { confidential: true }),
      Aad: optional('base64'),
      Iv: optional('base64'),
      Algorithm: optional('text'),
      PaddingMode: optional('text'),
    },
    legacy: true,
  },
} as const satisfies ActionTable
