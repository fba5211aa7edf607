/**
 * A store that can be opened but is not, or may not be, what was last committed. Whoever knows why,
 * and wants to go on with it as it is, opens it again with the code.
 */
export class StoreDoubt extends Error {
  /** What was found; parts of sentences that name records, no values. */
  readonly doubts: readonly string[]
  /** Names this very state of the store, so that nothing else is accepted with it. */
  readonly code: string

  constructor(doubts: readonly string[], code: string) {
    super('the store is not what was last committed')
    this.name = 'StoreDoubt'
    this.doubts = doubts
    this.code = code
  }
}
