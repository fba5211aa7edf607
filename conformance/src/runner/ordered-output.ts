/**
 * Shows what several programs write as if they ran one after the other: the first that has not
 * ended as it writes, those behind it whole when their turn comes.
 */
export class OrderedOutput {
  readonly #show: (text: string) => void
  readonly #held = new Map<number, string[]>()
  readonly #ended = new Set<number>()
  #turn = 0

  constructor(show: (text: string) => void) {
    this.#show = show
  }

  /** @param place of the program in the order, from 0. */
  write(place: number, text: string): void {
    if (place === this.#turn) this.#show(text)
    else this.#heldOf(place).push(text)
  }

  /** Nothing more comes from this program. */
  end(place: number): void {
    this.#ended.add(place)
    while (this.#ended.has(this.#turn)) {
      this.#turn += 1
      this.#showHeld(this.#turn)
    }
  }

  /** Shows what is held back, for a run that ends before its time. */
  flush(): void {
    for (const place of [...this.#held.keys()].toSorted((a, b) => a - b)) this.#showHeld(place)
  }

  #heldOf(place: number): string[] {
    const held = this.#held.get(place) ?? []
    this.#held.set(place, held)
    return held
  }

  #showHeld(place: number): void {
    for (const text of this.#held.get(place) ?? []) this.#show(text)
    this.#held.delete(place)
  }
}
