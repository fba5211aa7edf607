/** Vaults are told apart without regard to case; hosts come in lower case, records as they were made. */
export function isSameVault(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}
