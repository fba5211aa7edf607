/** A version as the service makes them. */
export const version = '0123456789abcdef0123456789abcdef'

/** For pollers of what is played. */
export const quickly = { intervalInMs: 1 } as const

/** Attributes of an object on the wire. */
export const wireTimes = {
  enabled: true,
  nbf: 1577836800,
  exp: 2145916799,
  created: 1700000000,
  updated: 1700000001,
  recoveryLevel: 'Recoverable+Purgeable',
  recoverableDays: 90,
} as const

/** What the clients make of them. */
export const times = {
  enabled: true,
  notBefore: new Date('2020-01-01T00:00:00Z'),
  expiresOn: new Date('2037-12-31T23:59:59Z'),
  createdOn: new Date(1700000000_000),
  updatedOn: new Date(1700000001_000),
  recoveryLevel: 'Recoverable+Purgeable',
  recoverableDays: 90,
} as const

/** What an object that is deleted has beside on the wire. */
export const deletion = { deletedDate: 1700000002, scheduledPurgeDate: 1707776002 } as const

/** What the clients make of that. */
export const deletedTimes = {
  deletedOn: new Date(1700000002_000),
  scheduledPurgeDate: new Date(1707776002_000),
} as const
