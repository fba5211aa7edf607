import type { ClavigerError } from '../../core/index.ts'
import { kmsError } from '../kms-error.ts'

interface Refused {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly requestId: string | undefined
}

interface Told {
  readonly code: string
  readonly message: string
}

/** Refusals of a parameter, which only their message tells apart. */
const BY_MESSAGE: ReadonlyMap<string, Told> = new Map(Object.entries({
  'The Param Date is invalid.': {
    code: 'IllegalTimestamp',
    message:
      'The input parameter "Timestamp" that is mandatory for processing this request is not ' +
      'supplied.',
  },
  'The Param Authorization is invalid.': {
    code: 'IncompleteSignature',
    message: 'The request signature does not conform to Aliyun standards.',
  },
}))

const BY_CODE: ReadonlyMap<string, Told> = new Map(Object.entries({
  Unauthorized: {
    code: 'InvalidAccessKeyId.NotFound',
    message: 'The Access Key ID provided does not exist in our records.',
  },
  'Forbidden.KeyNotFound': {
    code: 'Forbidden.KeyNotFound',
    message: 'The specified Key is not found.',
  },
  'Forbidden.NoPermission': {
    code: 'Forbidden.NoPermission',
    message: 'This operation is forbidden by permission system.',
  },
  InternalFailure: { code: 'InternalFailure', message: 'Internal Failure' },
  'Rejected.Throttling': { code: 'Rejected.Throttling', message: 'QPS Limit Exceeded' },
}))

/** A refusal of the instance in the words of the shared gateway, as the vendor's client has it. */
export function instanceError({ code, message, status, requestId }: Refused): ClavigerError {
  const table = code === 'InvalidParam' ? BY_MESSAGE : BY_CODE
  const told = table.get(code === 'InvalidParam' ? message : code) ?? { code, message }
  return kmsError({ ...told, status, requestId })
}
