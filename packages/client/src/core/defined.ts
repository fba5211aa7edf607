/** The same object type without `undefined` as a value of its members. */
export type Defined<Object> = { [Name in keyof Object]: Exclude<Object[Name], undefined> }

/** An object without those members that are `undefined`, so that absent means absent. */
export function defined<Object extends object>(object: Object): Partial<Defined<Object>> {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Partial<Defined<Object>>
}
