const PREFIX = 'kst-'

/** A KMS instance is a vault: `kst-` and the vault's name. */
export function formatInstanceId(vault: string): string {
  return `${PREFIX}${vault}`
}

/** The vault's name; `undefined` for a text that is no instance's id. */
export function parseInstanceId(text: string): string | undefined {
  return text.startsWith(PREFIX) && text.length > PREFIX.length
    ? text.slice(PREFIX.length)
    : undefined
}
