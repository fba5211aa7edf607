import type { alibaba } from '@claviger/wire'
import type { InstanceOperation, InstanceOperations } from '../instance-operation.ts'
import { CIPHER_OPERATIONS } from './cipher-operations.ts'
import { DATA_KEY_OPERATIONS } from './data-key-operations.ts'
import { KEY_PAIR_OPERATIONS } from './key-pair-operations.ts'
import { SECRET_OPERATIONS } from './secret-operations.ts'
import { SIGNATURE_OPERATIONS } from './signature-operations.ts'

/** Every operation of the wire. */
const TABLE: InstanceOperations<alibaba.instance.Operation> = {
  ...CIPHER_OPERATIONS,
  ...DATA_KEY_OPERATIONS,
  ...KEY_PAIR_OPERATIONS,
  ...SIGNATURE_OPERATIONS,
  ...SECRET_OPERATIONS,
}

/** How an operation is answered. */
export function operationOf<Name extends alibaba.instance.Operation>(
  name: Name,
): InstanceOperation<Name> {
  return TABLE[name]
}
