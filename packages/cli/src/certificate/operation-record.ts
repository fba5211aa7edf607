import type { CertificateOperation } from '@claviger/client/azure'
import type { CommandContext } from '../command-context.ts'
import type { JsonRecord } from '../output/json-value.ts'
import type { Columns } from '../output/table.ts'

/** The making of a certificate with the members that `az` gives. */
export function operationRecord(operation: CertificateOperation): JsonRecord {
  const { certificateTransparency, certificateType, csr, error, issuerName } = operation
  return {
    cancellationRequested: operation.cancellationRequested ?? null,
    csr: csr === undefined ? null : Buffer.from(csr).toString('base64'),
    error: error === undefined ? null : { code: error.code ?? null, message: error.message ?? null },
    id: operation.id ?? null,
    issuerParameters: {
      certificateTransparency: certificateTransparency ?? null,
      certificateType: certificateType ?? null,
      name: issuerName ?? null,
    },
    name: operation.name,
    requestId: operation.requestId ?? null,
    status: operation.status ?? null,
    statusDetails: operation.statusDetails ?? null,
    target: operation.target ?? null,
  }
}

/** What a table of it shows. */
export function operationColumns({ say }: CommandContext): Columns {
  return {
    [say('titleName')]: 'name',
    [say('titleState')]: 'status',
    [say('titleDetails')]: 'statusDetails',
    [say('titleError')]: 'error.message',
    [say('titleIssuer')]: 'issuerParameters.name',
    [say('titleRequest')]: 'csr',
  }
}
