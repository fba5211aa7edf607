import { ClavigerError } from '../core/errors.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import { Poller, type Resumable } from '../core/poller.ts'
import type {
  CertificateOperation,
  CertificateOperationState,
  KeyVaultCertificateWithPolicy,
} from './certificate-models.ts'

/** What waits for a certificate that is being made; it may be cancelled. */
export type CertificatePoller = Poller<KeyVaultCertificateWithPolicy, CertificateOperationState>

/** What it waits for, as its text says. */
export const CREATION = 'create certificate'

/** What it asks the service. */
export interface CertificateRequests {
  readonly operation: (call: OperationOptions) => Promise<CertificateOperation>
  readonly certificate: (call: OperationOptions) => Promise<KeyVaultCertificateWithPolicy>
  readonly cancel: (call: OperationOptions) => Promise<CertificateOperation>
}

/**
 * Waits for a certificate. Its making ends as `completed`; however else it is no longer
 * `inProgress`, the waiting ends with an error, the service's own where it says one.
 */
export async function certificatePoller(
  resumable: Resumable,
  requests: CertificateRequests,
  options: OperationOptions & { readonly intervalInMs?: number },
): Promise<CertificatePoller> {
  const { name: certificateName } = resumable
  const going = { certificateName, isStarted: true, isCompleted: false, isCancelled: false }
  const look = async (call: OperationOptions): Promise<CertificateOperationState> => {
    const certificateOperation = await requests.operation(call)
    const { status, error } = certificateOperation
    if (status === 'inProgress') return { ...going, certificateOperation }
    if (status === 'completed' && error === undefined) {
      const result = await requests.certificate(call)
      return { ...going, isCompleted: true, certificateOperation, result }
    }
    const isCancelled = status === 'cancelled'
    const state = { ...going, isCancelled, isCompleted: !isCancelled, certificateOperation }
    if (isCancelled && error === undefined) return state
    const { code = 'CertificateFailed', message = 'The certificate could not be made.' } =
      error ?? {}
    return { ...state, error: new ClavigerError({ code, message }) }
  }
  return new Poller<KeyVaultCertificateWithPolicy, CertificateOperationState>({
    state: await look(options),
    intervalInMs: options.intervalInMs,
    call: options,
    resumable,
    look,
    cancel: async (call) => {
      const certificateOperation = await requests.cancel(call)
      return { ...going, isCancelled: true, certificateOperation }
    },
  })
}
