import type { Config } from '../config.ts'
import type { Readiness } from '../doors/health.ts'
import type { ServerKeyPair } from '../listener.ts'
import type { MetricsSnapshot } from '../metrics.ts'
import type { Channel, Messages } from './channel.ts'

/** Where a worker listens; the ports are those in use, never 0. */
export interface Addresses {
  readonly port: number
  readonly identityPort: number
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
    /** The root keys of this moment; both sides wipe them after use. */
    readonly 'seal/material': { readonly ask: undefined; readonly reply: Uint8Array }
  }
}

/** The primary's end of the pipe to one worker. */
export type ChannelToWorker = Channel<PrimarySays, WorkerSays>
/** A worker's end of the pipe to the primary. */
export type ChannelToPrimary = Channel<WorkerSays, PrimarySays>
