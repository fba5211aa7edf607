/** Every published api-version of the data plane, oldest first. */
export const API_VERSIONS = [
  '2016-10-01',
  '7.0',
  '7.1-preview',
  '7.1',
  '7.2-preview',
  '7.2',
  '7.3-preview',
  '7.3',
  '7.4-preview.1',
  '7.4',
  '7.5-preview.1',
  '7.5',
  '7.6-preview.1',
  '7.6-preview.2',
  '7.6',
  '2025-06-01-preview',
  '2025-07-01',
  '2026-01-01-preview',
  '2026-03-01-preview',
  '2026-04-01',
  '2026-05-01-preview',
  '2026-07-01-preview',
] as const

export type ApiVersion = (typeof API_VERSIONS)[number]

/** The newest that is no preview, and what a later one is served as. */
export const NEWEST_API_VERSION = '2026-04-01' satisfies ApiVersion

const DATED = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(-preview)?$/

/**
 * The version that a request for `text` is served as: itself when it is known, the newest when it
 * is dated later than that one, `undefined` otherwise.
 */
export function apiVersionFor(text: string): ApiVersion | undefined {
  const known = API_VERSIONS.find((version) => version === text)
  if (known !== undefined) return known
  return DATED.test(text) && text > NEWEST_API_VERSION ? NEWEST_API_VERSION : undefined
}

/** Tells whether `version` is `since` or later. */
export function isApiVersionAtLeast(version: ApiVersion, since: ApiVersion): boolean {
  return API_VERSIONS.indexOf(version) >= API_VERSIONS.indexOf(since)
}
