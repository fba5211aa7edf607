import { parseResourceName, type ResourceName } from './resource-names.ts'

/** `key-` and 21 of `[a-z0-9]`, or the 36 characters of a UUID, as older keys have. */
export function isKeyId(text: string): boolean {
  return KEY_ID.test(text) || UUID.test(text)
}

const KEY_ID = /^key-[a-z0-9]{21}$/
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The whole has at most 255 characters. A name under `alias/acs` is the service's own. */
export function isAliasName(text: string): boolean {
  return text.length <= 255 && /^alias\/[A-Za-z0-9_/-]+$/.test(text)
}

export function isReservedAlias(text: string): boolean {
  return text.startsWith('alias/acs')
}

/** A key as a parameter KeyId may name it. Nothing but the form is looked at. */
export type KeyReference =
  | { readonly kind: 'id'; readonly id: string }
  /** With its `alias/`. */
  | { readonly kind: 'alias'; readonly alias: string }
  /** Of a key, or of an alias, whose name then stands without `alias/`. */
  | { readonly kind: 'arn'; readonly arn: ResourceName }

/** `undefined` for a text that cannot name a key. */
export function parseKeyReference(text: string): KeyReference | undefined {
  if (isKeyId(text)) return { kind: 'id', id: text }
  if (isAliasName(text)) return { kind: 'alias', alias: text }
  const arn = parseResourceName(text)
  if (arn?.kind === 'key' && isKeyId(arn.name)) return { kind: 'arn', arn }
  if (arn?.kind === 'alias' && isAliasName(`alias/${arn.name}`)) return { kind: 'arn', arn }
  return undefined
}
