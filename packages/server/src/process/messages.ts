import type { VaultEvent } from '@claviger/vault'
import type { Config } from '../config.ts'
import type { Readiness } from '../doors/health.ts'
import type { ServerKeyPair } from '../listener.ts'
import type { MetricsSnapshot } from '../metrics.ts'
import type { Channel, Messages } from './channel.ts'

/** Where a worker listens; the ports are those in use, never 0. */
export interface Addresses {
  readonly port: number
  readonly identityPort: number
  /** `undefined` when it is off. */
  readonly pkiPort: number | undefined
  /** `undefined` when it is off. */
  readonly alibabaPort: number | undefined
}

/** What the primary says to a worker. */
export interface PrimarySays extends Messages {
  readonly notices: {
    /** Stop accepting, finish what is in flight within this time, and exit. */
    readonly 'worker/drain': { readonly graceMs: number }
    /** Serve new connections with this certificate. */
    readonly 'tls/key-pair': ServerKeyPair
    /** How the store and the audit are; several times a second, silence means that they are not. */
    readonly 'health/state': Readiness
    /** The data keys of a scope have a new generation. */
    readonly 'seal/refresh': { readonly scope: string }
    /** The data keys of a scope were destroyed. */
    readonly 'seal/forget': { readonly scope: string }
    /** A challenge by HTTP-01 is under way; without a key authorization it is over. */
    readonly 'acme/challenge': {
      readonly token: string
      readonly keyAuthorization: string | undefined
    }
  }
  readonly requests: {
    readonly 'metrics/collect': { readonly ask: undefined; readonly reply: MetricsSnapshot }
  }
}

/** What a worker says to the primary. */
export interface WorkerSays extends Messages {
  readonly notices: {
    readonly 'worker/ready': Addresses
    /** Said every second from then on; silence means that the worker hangs. */
    readonly 'worker/alive': undefined
    /** The sentence of a `StartError`; the worker exits after it. */
    readonly 'worker/failed': {
      readonly sentence: string
      readonly mayPass: boolean
      readonly takenPortOf: string | undefined
    }
    /** Something was just written that is due at once. */
    readonly 'scheduler/wake': undefined
    /** Something happened that somebody may want to be told of. */
    readonly 'vault/event': VaultEvent
  }
  readonly requests: {
    /** The first thing a worker asks: its settings, with real ports, and its number from 1 on. */
    readonly 'worker/start': {
      readonly ask: undefined
      readonly reply: {
        readonly config: Config
        readonly number: number
        /** Where it has inherited the primary's `ChangeCounter`. */
        readonly counterFd: number | undefined
      }
    }
    readonly 'tls/key-pair': { readonly ask: undefined; readonly reply: ServerKeyPair }
    /** The primary's time, in epoch milliseconds: no worker is behind it. */
    readonly 'clock/now': { readonly ask: undefined; readonly reply: number }
    /** Since when the primary remembers claims, in epoch milliseconds. */
    readonly 'store/claims-since': { readonly ask: undefined; readonly reply: number }
    /** The root keys of this moment; both sides wipe them after use. */
    readonly 'seal/material': { readonly ask: undefined; readonly reply: Uint8Array }
    /** The challenges under way by token, for a worker that starts in the middle of them. */
    readonly 'acme/challenges': {
      readonly ask: undefined
      readonly reply: ReadonlyMap<string, string>
    }
  }
}

/** The primary's end of the pipe to one worker. */
export type ChannelToWorker = Channel<PrimarySays, WorkerSays>
/** A worker's end of the pipe to the primary. */
export type ChannelToPrimary = Channel<WorkerSays, PrimarySays>
