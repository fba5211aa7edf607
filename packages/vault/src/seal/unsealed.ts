import type { Store } from '../store/store.ts'
import { DataKeys } from './data-keys.ts'
import { finishRotation } from './finish-rotation.ts'
import { Keyring } from './keyring.ts'
import { RootKeys } from './root-keys.ts'
import type { RootSet } from './root-set.ts'
import { rotateRootKey } from './rotate-root-key.ts'
import type { SealKeeper } from './seal-keeper.ts'
import type { SealMaterial } from './seal-material.ts'
import type { Secret } from './secret.ts'
import { startKeyring } from './start-keyring.ts'
import { encodeWorkerMaterial } from './worker-material.ts'

/**
 * An unsealed store, in the process that was given the seal key: the keyring, and what changes the
 * seal itself. Workers have a keyring alone.
 */
export class Unsealed {
  readonly keyring: Keyring
  readonly #store: Store
  readonly #roots: RootKeys
  readonly #keeper: SealKeeper
  #turn: Promise<unknown> = Promise.resolve()

  private constructor(store: Store, roots: RootKeys, keeper: SealKeeper, keyring: Keyring) {
    this.#store = store
    this.#roots = roots
    this.#keeper = keeper
    this.keyring = keyring
  }

  /** For `initialise` and `unseal`. @throws Fault RecordCorrupt as `startKeyring`. */
  static async start(store: Store, set: RootSet, keeper: SealKeeper): Promise<Unsealed> {
    const roots = new RootKeys(set, () => keeper.read())
    const keyring = await startKeyring(new DataKeys(store, roots))
    return new Unsealed(store, roots, keeper, keyring)
  }

  /** A rotation of the root key was stopped in between: all is readable, see `finishRotation`. */
  get rotationPending(): boolean {
    return this.#roots.set.keys.size > 1
  }

  /** The generation of the root key, from 1. */
  get rootGeneration(): number {
    return this.#roots.set.current
  }

  /**
   * Makes the next root key and wraps every data key under it; safe to stop anywhere.
   * @throws Fault Conflict when another process changed the seal at that time: nothing was done.
   * @throws Fault RecordCorrupt, naming the data key that does not open; both root keys then stay.
   */
  rotateRootKey(audit: readonly string[]): Promise<void> {
    return this.#inTurn(() => rotateRootKey(this.#store, this.#roots, this.#keeper, audit))
  }

  /** Goes on with a rotation that was stopped; call it after a start. */
  finishRotation(): Promise<void> {
    return this.#inTurn(() => finishRotation(this.#store, this.#roots, this.#keeper))
  }

  /**
   * Seals the store with something else, a new root key file or a passphrase; rewrites one record.
   * The new one must be safe (on disk, written down) before this is called.
   * @throws Fault Conflict when another process changed the seal at that time: nothing was done.
   */
  changeSeal(material: SealMaterial, audit: readonly string[]): Promise<void> {
    return this.#inTurn(async () => {
      this.#roots.adopt(await this.#keeper.change(material, this.#roots.set, audit))
    })
  }

  /** As `Keyring.rotateDataKey`. */
  rotateDataKey(scope: string, audit: readonly string[]): Promise<void> {
    return this.keyring.rotateDataKey(scope, audit)
  }

  /**
   * The root keys of this moment for a worker process, by the channel between the processes and no
   * other way (not its arguments, not its environment); both sides wipe them after use.
   */
  async exportForWorker(): Promise<Secret> {
    await this.#roots.reload()
    return encodeWorkerMaterial(this.#roots.set)
  }

  /** One change of the seal after the other, each from what stands in the store then. */
  #inTurn(act: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(async () => {
      await this.#roots.reload()
      await act()
    })
    this.#turn = turn.catch(() => undefined)
    return turn
  }
}
