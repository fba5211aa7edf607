import type { OperationOptions } from '../core/pipeline.ts'
import type { Poller, PollerOptions, PollOperationState } from '../core/poller.ts'
import type { WrapResult } from './cryptography-models.ts'
import type { KeyVaultIdentifier } from './object-id.ts'

// Types that the official packages have a name of their own for, and this one has not.

/** What waits for a long operation. */
export type PollerLike<State extends PollOperationState<Result>, Result> = Poller<Result, State>

/** The parts of a key's id. */
export type KeyVaultKeyIdentifier = KeyVaultIdentifier

/** The parts of a secret's id. */
export type KeyVaultSecretIdentifier = KeyVaultIdentifier

/** The parts of a certificate's id. */
export type KeyVaultCertificateIdentifier = KeyVaultIdentifier

/** What `unwrapKey` gives. */
export type UnwrapResult = WrapResult

/** How an operation of a `CryptographyClient` is called. */
export type CryptographyOptions = OperationOptions

/** How `encrypt` is called. */
export type EncryptOptions = OperationOptions

/** How `decrypt` is called. */
export type DecryptOptions = OperationOptions

/** How `sign` and `signData` are called. */
export type SignOptions = OperationOptions

/** How `verify` is called. */
export type VerifyOptions = OperationOptions

/** How `verifyData` is called. */
export type VerifyDataOptions = OperationOptions

/** How `wrapKey` is called. */
export type WrapKeyOptions = OperationOptions

/** How `unwrapKey` is called. */
export type UnwrapKeyOptions = OperationOptions

/** How the deletion of a key is begun. */
export type BeginDeleteKeyOptions = PollerOptions

/** How the recovery of a key is begun. */
export type BeginRecoverDeletedKeyOptions = PollerOptions

/** How the deletion of a secret is begun. */
export type BeginDeleteSecretOptions = PollerOptions

/** How the recovery of a secret is begun. */
export type BeginRecoverDeletedSecretOptions = PollerOptions

/** How the deletion of a certificate is begun. */
export type BeginDeleteCertificateOptions = PollerOptions

/** How the recovery of a certificate is begun. */
export type BeginRecoverDeletedCertificateOptions = PollerOptions
