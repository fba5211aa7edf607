/**
 * Gets a JSON document of another issuer (its metadata, its keys). The adapter takes https alone
 * and bounds size and time; the domain bounds how often it asks.
 * @throws Error when there is no such document.
 */
export type FetchJson = (url: string) => Promise<unknown>
