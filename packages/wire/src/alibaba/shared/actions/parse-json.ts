/** Deeper than any policy; beyond it, who walks the value would run out of stack. */
const DEEPEST = 32

/**
 * A JSON text that a parameter carries. `undefined` when it is not JSON, nests deeper than 32, or
 * has half a surrogate pair in a text, which has no UTF-8 form to store.
 */
export function parseJson(text: string): { readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return isSound(value, DEEPEST) ? { value } : undefined
  } catch {
    return undefined
  }
}

function isSound(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.isWellFormed()
  if (typeof value !== 'object' || value === null) return true
  if (depth === 0) return false
  const members = Object.entries(value)
  return members.every(([name, one]) => name.isWellFormed() && isSound(one, depth - 1))
}
