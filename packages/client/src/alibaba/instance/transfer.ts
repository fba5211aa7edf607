import { decodeBase64 } from '../../core/base64.ts'
import { BadRequestError } from '../../core/index.ts'
import type { KmsRuntimeOptions } from '../kms-runtime-options.ts'
import type { InstanceGateway } from './instance-gateway.ts'
import type { TextEncoding } from './text-encoding.ts'

/** One call of an action of the shared gateway that an instance answers. */
export interface Transfer {
  readonly gateway: InstanceGateway
  readonly runtime: KmsRuntimeOptions
  readonly encoding: TextEncoding
  /** By the operations that every instance has, which use the first version of a key. */
  readonly isLowVersion: boolean
}

/** What an action answers, before it is told which gateway it came from. */
export interface TransferAnswer<Body> {
  readonly headers: Headers
  readonly body: Body
}

/** The octets of a parameter in base64. @throws BadRequestError as the vendor's client does. */
export function octetsOf(name: string, text: string | undefined): Uint8Array<ArrayBuffer> {
  if (text === undefined || text === '') {
    const message = `The parameter ${name} needed but no provided.`
    throw new BadRequestError({ code: 'MissingParameter', message })
  }
  try {
    return decodeBase64(text)
  } catch {
    throw invalidParameter(name)
  }
}

export function invalidParameter(name: string): BadRequestError {
  const message = `The parameter  ${name}  is invalid.`
  return new BadRequestError({ code: 'InvalidParameter', message })
}
