import { ClavigerError } from '../core/errors.ts'
import type { OperationOptions } from '../core/pipeline.ts'
import { Poller } from '../core/poller.ts'
import type {
  CertificateOperation,
  CertificateOperationState,
  KeyVaultCertificateWithPolicy,
} from './certificate-models.ts'

/** What waits for a certificate that is being made; it may be cancelled. */
export type CertificatePoller = Poller<KeyVaultCertificateWithPolicy, CertificateOperationState>

/** What it asks the service. */
export interface CertificateRequests {
  readonly operation: (call: OperationOptions) => Promise<CertificateOperation>
  readonly certificate: (call: OperationOptions) => Promise<KeyVaultCertificateWithPolicy>
  readonly cancel: (call: OperationOptions) => Promise<CertificateOperation>
}

/** Waits for a certificate. It is done when its making is no longer `inProgress`. */
export async function certificatePoller(
  certificateName: string,
  requests: CertificateRequests,
  options: OperationOptions & { readonly intervalInMs?: number },
): Promise<CertificatePoller> {
  const going = { certificateName, isStarted: true, isCompleted: false, isCancelled: false }
  const look = async (call: OperationOptions): Promise<CertificateOperationState> => {
    const certificateOperation = await requests.operation(call)
    const { status, error } = certificateOperation
    if (status === 'inProgress') return { ...going, certificateOperation }
    const state = { ...going, isCompleted: true, certificateOperation }
    if (error !== undefined) {
      const { code = 'CertificateFailed', message = 'The certificate could not be made.' } = error
      return { ...state, error: new ClavigerError({ code, message }) }
    }
    return { ...state, result: await requests.certificate(call) }
  }
  return new Poller<KeyVaultCertificateWithPolicy, CertificateOperationState>({
    state: await look(options),
    intervalInMs: options.intervalInMs,
    resumable: { name: certificateName },
    look,
    cancel: async (call) => {
      const certificateOperation = await requests.cancel(call)
      return { ...going, isCancelled: true, certificateOperation }
    },
  })
}
