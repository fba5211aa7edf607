/** The name on the wire: `keyId` is `KeyId`, and `DKMSInstanceId` is as it is. */
export function wireName(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** The name in this language; one that begins with an abbreviation stays, as in every SDK. */
export function memberName(name: string): string {
  return /^[A-Z]{3}/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1)
}
