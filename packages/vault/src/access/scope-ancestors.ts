/**
 * A scope in lower case with all that lie above it, the widest first: `/` and each beginning of the
 * resource id that ends before a slash.
 */
export function scopeAncestors(scope: string): readonly string[] {
  const lower = scope.toLowerCase()
  const ancestors = ['/']
  for (let at = lower.indexOf('/', 1); at > 0; at = lower.indexOf('/', at + 1)) {
    ancestors.push(lower.slice(0, at))
  }
  if (lower !== '/') ancestors.push(lower)
  return ancestors
}
