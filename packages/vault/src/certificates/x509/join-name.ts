import { escapedText } from './escaped-text.ts'
import type { NameAttribute } from './split-name.ts'

/** Writes a name that `splitName` has taken apart. */
export function joinName(parts: readonly (readonly NameAttribute[])[]): string {
  return parts
    .map((part) => part.map(({ type, value }) => `${type}=${escapedText(value)}`).join('+'))
    .join(',')
}
