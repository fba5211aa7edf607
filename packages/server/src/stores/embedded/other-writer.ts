/**
 * The cause of a `StoreUnavailable`: another program has written to the database. It passes with a
 * start, which verifies every record anew.
 */
export class OtherWriter extends Error {
  constructor() {
    super('another program has written to the database')
    this.name = 'OtherWriter'
  }
}
