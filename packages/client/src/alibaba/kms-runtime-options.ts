import type { AbortSignalLike } from '../core/index.ts'

/** What one call may say otherwise than its client. */
export interface KmsRuntimeOptions {
  /** Which gateway answers, whatever client and `defaultKmsApiNames` say. */
  readonly isUseKmsShareGateway?: boolean
  /** Of a plaintext at the instance gateway; `utf-8` unless said, as `TextDecoder` names them. */
  readonly encoding?: string
  /** Certificates in PEM that sign the server's, or the path of their file; needs a platform. */
  readonly ca?: string
  /** Trusts any server; for trials alone. Needs a platform. */
  readonly ignoreSsl?: boolean
  /** Milliseconds to reach the server; 5,000 unless said. */
  readonly connectTimeout?: number
  /** Milliseconds to wait for an answer; 10,000 unless said. */
  readonly readTimeout?: number
  /** Whether what may be repeated is; true unless said. */
  readonly autoretry?: boolean
  /** Repetitions after the first attempt; 3 unless said. */
  readonly maxAttempts?: number
  /** `no` repeats at once; `yes`, which counts unless said, waits twice as long each time. */
  readonly backoffPolicy?: 'yes' | 'no'
  /** Seconds of the first wait; 1 unless said. */
  readonly backoffPeriod?: number
  /** Ends the call, its waits and its repetitions; it rejects with the signal's reason. */
  readonly abortSignal?: AbortSignalLike
}
