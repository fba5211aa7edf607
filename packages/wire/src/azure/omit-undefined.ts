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
  const present = Object.entries(members).filter(([, value]) => value !== undefined)
  return Object.fromEntries(present) as OmitUndefined<Members> // the filter has just made it so
}
