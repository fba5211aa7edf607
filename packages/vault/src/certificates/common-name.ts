import { splitName } from './x509/split-name.ts'

/** The common name of a subject, the last one where it has several; `undefined` for none. */
export function commonNameOf(subject: string): string | undefined {
  const split = splitName(subject)
  if ('problem' in split) return undefined
  const names = split.parts.flat().filter(({ type }) => type.toUpperCase() === 'CN')
  return names.at(-1)?.value
}
