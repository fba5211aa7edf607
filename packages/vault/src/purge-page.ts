/** Most records of one commit, so that the purge of something large does not hold the writer up. */
export const PURGE_PAGE_RECORDS = 2_000

/** What one call of a purge has done; until it is `done`, the call has to be made again. */
export interface PurgeProgress {
  readonly done: boolean
}
