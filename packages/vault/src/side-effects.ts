/** Something that a call makes outside the store, such as a key in a provider. */
export interface SideEffect<Made> {
  make(): Promise<Made>
  /** Called when the call fails in the end. */
  undo(made: Made): Promise<void>
  /** Called when the call is over, however it ended, to wipe what was needed for it alone. */
  release(made: Made): void
}

/**
 * What one call has made outside the store. A conflict begins the call again, but what was made is
 * made once: a new RSA key costs as much as a thousand commits.
 */
export class SideEffects {
  #made: { readonly value: unknown; undo(): Promise<void>; release(): void } | undefined

  /** Makes it, or gives what was made when the call was tried before; a call makes one thing. */
  async once<Made>(effect: SideEffect<Made>): Promise<Made> {
    // Every attempt of a call runs the same operation, so what the first has made is of this type.
    if (this.#made !== undefined) return this.#made.value as Made
    const value = await effect.make()
    this.#made = {
      value,
      undo: () => effect.undo(value),
      release: () => effect.release(value),
    }
    return value
  }

  /** What cannot be undone stays behind unused; the caller is told why the call failed alone. */
  async undo(): Promise<void> {
    await this.#made?.undo().catch(() => undefined)
  }

  release(): void {
    this.#made?.release()
  }
}
