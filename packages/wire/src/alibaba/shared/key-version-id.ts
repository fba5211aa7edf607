/**
 * Always 36 ASCII characters, since every ciphertext begins with it: the KeyId of 25, `-`, and the
 * first 10 of the version's hex characters.
 */
export interface KeyVersionId {
  readonly keyId: string
  /** The first 10 hex characters of the version, lower case. */
  readonly versionPrefix: string
}

/** @param version at least 10 hex characters, lower case. */
export function formatKeyVersionId(keyId: string, version: string): string {
  return `${keyId}-${version.slice(0, 10)}`
}

/** `undefined` for a text that is not of this form. */
export function parseKeyVersionId(text: string): KeyVersionId | undefined {
  const { keyId, versionPrefix } =
    /^(?<keyId>key-[a-z0-9]{21})-(?<versionPrefix>[0-9a-f]{10})$/.exec(text)?.groups ?? {}
  return keyId === undefined || versionPrefix === undefined ? undefined : { keyId, versionPrefix }
}
