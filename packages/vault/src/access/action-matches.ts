/** Matches an action against a pattern in which `*` stands for any text, as the provider has it. */
export function actionMatches(pattern: string, action: string): boolean {
  const wanted = pattern.toLowerCase()
  const given = action.toLowerCase()
  if (!wanted.includes('*')) return wanted === given
  const parts = wanted.split('*')
  const first = parts[0] ?? ''
  const last = parts[parts.length - 1] ?? ''
  if (!given.startsWith(first)) return false
  let position = first.length
  for (const part of parts.slice(1, -1)) {
    const at = given.indexOf(part, position)
    if (at < 0) return false
    position = at + part.length
  }
  return given.length - last.length >= position && given.endsWith(last)
}
