import { alibaba } from '@claviger/wire'
import { BINARY } from './secret-types.ts'

/** The content type of a SecretDataType. @throws KmsRefusal InvalidParameter */
export function secretContentType(dataType: string): string | undefined {
  if (dataType === 'text') return undefined
  if (dataType === 'binary') return BINARY
  throw alibaba.shared.invalidParameter('SecretDataType', 'must be text or binary')
}
