const PREFIX = 'kst-'
const FORM = /^kst-(?<vault>[0-9A-Za-z-]{1,64})$/

/** A KMS instance is a vault: `kst-` and the vault's name. */
export function formatInstanceId(vault: string): string {
  return `${PREFIX}${vault}`
}

/** The vault's name; `undefined` for a text that is no instance's id. */
export function parseInstanceId(text: string): string | undefined {
  return FORM.exec(text)?.groups?.['vault']
}
