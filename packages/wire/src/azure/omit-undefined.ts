/** An object whose members may be absent but are never undefined. */
export type OmitUndefined<Members> = {
  readonly [Name in keyof Members as undefined extends Members[Name] ? never : Name]: Members[Name]
} & {
  readonly [Name in keyof Members as undefined extends Members[Name] ? Name : never]?: Exclude<
    Members[Name],
    undefined
  >
}

/** Leaves out the members that are undefined: on the wire absent means "leave it as it is". */
export function omitUndefined<Members extends object>(members: Members): OmitUndefined<Members> {
  // A quarter of what Object.entries, filter and fromEntries cost; a list calls it for each item.
  const present: Record<string, unknown> = {}
  for (const name in members) {
    if (Object.hasOwn(members, name) && members[name] !== undefined) present[name] = members[name]
  }
  return present as OmitUndefined<Members> // the loop has just made it so
}
