/** What `node:util` shows of a value, for tests that look for a text in it: every property, its
 * names and those that are not enumerable, however deep. */
export function inspect(value: unknown): string {
  const seen = new Set<unknown>()
  const parts: string[] = []
  const visit = (one: unknown): void => {
    if (typeof one === 'function' || typeof one !== 'object' || one === null) {
      parts.push(String(one))
      return
    }
    if (seen.has(one)) return
    seen.add(one)
    if (one instanceof Error) parts.push(`${one.name}: ${one.message}`, one.stack ?? '')
    if (one instanceof Map) for (const pair of one) visit(pair)
    else if (one instanceof Set) for (const item of one) visit(item)
    for (const name of Reflect.ownKeys(one)) {
      const property = Object.getOwnPropertyDescriptor(one, name)
      parts.push(String(name))
      if (property !== undefined && 'value' in property) visit(property.value)
    }
  }
  visit(value)
  return parts.join('\n')
}
