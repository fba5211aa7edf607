import type { AuditLog, ChainedEntry } from '../audit/audit-log.ts'
import { invalidInput } from '../invalid-input.ts'
import { operation, type OperationContext } from '../operation.ts'

const MAXIMUM_ENTRIES = 1_000

export interface ListAuditInput {
  /** Sequence number after which to begin; 0 for the beginning. */
  readonly after: number
  readonly limit?: number
}

/** Entries of the audit chain with their hashes, for an export that can be verified by itself. */
export const listAudit = operation<ListAuditInput, readonly ChainedEntry[]>({
  name: 'AuditList',
  permission: 'audit/read',
  writes: false,
  target: () => ({ scope: '/' }),
  auditId: ({ after }) => `audit/${after}`,

  async run(context, { after, limit = MAXIMUM_ENTRIES }) {
    demandSequence('after', after)
    if (!Number.isInteger(limit) || limit < 1 || limit > MAXIMUM_ENTRIES) {
      throw invalidInput('limit', `it must be a whole number from 1 to ${MAXIMUM_ENTRIES}`)
    }
    return auditLogOf(context).entries(after, limit)
  },
})

/** Removes entries up to and including one that was exported; what stays can still be verified. */
export const pruneAudit = operation<{ readonly through: number }, undefined>({
  name: 'AuditPrune',
  permission: 'audit/prune',
  writes: true,
  target: () => ({ scope: '/' }),
  auditId: ({ through }) => `audit/${through}`,

  async run(context, { through }) {
    demandSequence('through', through)
    const log = auditLogOf(context)
    const head = await log.head()
    if (through > head.count) {
      throw invalidInput('through', `the chain has ${head.count} entries`)
    }
    // The entry that says who pruned is durable before anything is removed.
    context.commitThrough(async (audit) => {
      await context.commitUnit(audit)
      await log.prune(through)
    })
    return undefined
  },
})

function demandSequence(property: string, sequence: number): void {
  if (!Number.isSafeInteger(sequence) || sequence < 0) {
    throw invalidInput(property, 'it must be the sequence number of an entry')
  }
}

function auditLogOf({ services }: OperationContext): AuditLog {
  if (services.auditLog !== undefined) return services.auditLog
  throw new TypeError('this process does not own the audit log')
}
