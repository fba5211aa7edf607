import type { Call, Vault } from '@claviger/vault'
import type { Signers } from './signers.ts'

/** A run of `openssl speed`, and which of its figures is meant. */
export interface OpensslSpeed {
  readonly arguments: readonly string[]
  readonly figure: 'rsa sign' | 'rsa verify' | 'ecdsa sign' | 'evp'
}

/** What is asked of the server: the same method and body each time, one of the paths by chance. */
export interface RowRequest {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** With their queries. */
  readonly paths: readonly string[]
  /** Each path may be asked once: they are taken in their order, and all of them are one load's. */
  readonly once?: true
  /** JSON text where it is a text. */
  readonly body?: string | Uint8Array
  /** What is asked by a signature of its own, and at another host than the vault's with a token. */
  readonly signed?: SignedHead
  /** What is asked of the resource manager: at its host, with a token for it. */
  readonly manager?: true
  readonly status: number
}

/** Whom a signed request asks, and the headers that it has besides. */
export interface SignedHead {
  /** Without the domain: `kms.cn-hangzhou`. */
  readonly host: string
  readonly headers: Readonly<Record<string, string>>
}

/** What a load is made of. */
export interface RowLoad {
  /** The secrets that the vault `default` holds. */
  readonly names: SecretNames
  readonly signers: Signers
  readonly seconds: number
}

/**
 * One line of the bench: a request, and what its answer costs at least. Adding a row is one file
 * and one line in `rows.ts`.
 */
export interface Row {
  /** For the option `--rows` and for people. */
  readonly name: string
  /** The part of its limit that the server should reach. */
  readonly target: number
  /** The part of the bare operation, by itself in a process, that the server should reach. */
  readonly operationTarget?: number
  /** How many times one worker two should do. */
  readonly twoWorkersTarget?: number
  /** What `openssl speed` calls it, for a figure beside. */
  readonly openssl?: OpensslSpeed
  /** Names it is performed with in process, where fewer than usual must do. */
  readonly samples?: number
  /** The requests of one load; each load asks anew, since signatures are for this moment. */
  request(load: RowLoad): RowRequest
  /** What has to be in the vault besides the secrets; done once, before the server starts. */
  prepare?(vault: Vault, call: Call): Promise<void>
  /**
   * The operation behind the request, performed in process to see what it reads, opens, seals and
   * commits; absent where the limit is the bare answer alone.
   */
  perform?(vault: Vault, call: Call, name: string): Promise<unknown>
  /**
   * The cryptography of the operation with its key at hand, where it is not the opening and sealing
   * of records; gives the call to be measured, which may work on the pool and give a promise.
   */
  operation?(): Promise<() => unknown>
  /**
   * The check of the request's own signature with its key at hand, where it has one; gives the call
   * to be measured.
   */
  signature?(): () => unknown
}

/** The secrets of a store that was filled: `secret-0000000` up to `count`, excluded. */
export interface SecretNames {
  readonly count: number
  /** Evenly spread over all of them, in an order that helps no cache. */
  sample(size: number): readonly string[]
}
