interface Failure {
  readonly statusCode?: number
  readonly code?: string
  readonly message: string
}

const DAY = 86_400_000
const SOON_DAYS = 1000

/**
 * A value with what differs between two runs taken out: names, versions, times of now and random
 * octets. What is left says what a caller sees, and is the same for two clients that are alike.
 */
export function normalised(value: unknown, prefix: string): unknown {
  if (typeof value === 'string') return normalisedText(value, prefix)
  if (value instanceof Date) {
    const days = Math.round((value.getTime() - Date.now()) / DAY)
    return Math.abs(days) < SOON_DAYS ? `<in ${days} days>` : value.toISOString()
  }
  if (value instanceof Uint8Array)
    return value.length > 64 ? '<octets>' : `<${value.length} octets>`
  if (Array.isArray(value)) return value.map((item) => normalised(item, prefix))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
    .filter(([name, member]) => member !== undefined && name !== 'kind')
    .map(([name, member]) => [name, normalised(member, prefix)] as const)
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)))
}

function normalisedText(text: string, prefix: string): string {
  return text
    .replaceAll(prefix, '<name>')
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\b[0-9a-f]{32,}\b/g, '<hex>')
}

/** What a call gives, or how it fails: status, code and the service's words. */
export async function outcome(run: () => Promise<unknown>, prefix: string): Promise<unknown> {
  try {
    return normalised(await run(), prefix)
  } catch (error) {
    const { statusCode, code, message } = error as Failure
    return normalised({ refused: { statusCode, code, message } }, prefix)
  }
}

// What ours says beside: the id of a certificate stands at its top too, as for secrets and keys; a
// listed key says whether it is exportable, a listed deleted certificate what it is like; an
// operation of a certificate says its vault.
const BESIDE: ReadonlySet<string> = new Set([
  'id',
  'exportable',
  'enabled',
  'notBefore',
  'vaultUrl',
])

/** What ours gives, without what it says beside the official one; nothing else is let go. */
export function withoutBeside(ours: unknown, theirs: unknown): unknown {
  if (Array.isArray(ours) && Array.isArray(theirs)) {
    return ours.map((item, index) => withoutBeside(item, theirs[index]))
  }
  if (!isObject(ours) || !isObject(theirs)) return ours
  const members = Object.entries(ours)
    .filter(([name]) => name in theirs || !BESIDE.has(name))
    .map(([name, member]) => [name, withoutBeside(member, theirs[name])] as const)
  return Object.fromEntries(members)
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
