import { operation } from '../operation.ts'

export interface AcceptStoreInput {
  /** What was found and accepted; parts of sentences that name records, no values. */
  readonly found: readonly string[]
}

/** Records in the audit that the operator has accepted a store which is not what was last committed. */
export const acceptStore = operation<AcceptStoreInput, undefined>({
  name: 'StoreAccept',
  permission: 'maintenance/run',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: ({ found }) => found.join('; ').slice(0, MOST_CHARACTERS),

  run: async () => undefined,
})

/** An entry stays short, however much was found. */
const MOST_CHARACTERS = 4000
