import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** A process and where it stands below another one; the root itself has depth 0. */
export interface TreeProcess {
  readonly pid: number
  readonly parent: number
  readonly depth: number
}

/** The living processes below `root`, itself included, parents before children. Linux alone. */
export function processTree(root: number): readonly TreeProcess[] {
  const parents = readParents()
  const tree: TreeProcess[] = []
  const rootParent = parents.get(root)
  if (rootParent !== undefined) tree.push({ pid: root, parent: rootParent, depth: 0 })
  for (let index = 0; index < tree.length; index += 1) {
    const above = tree[index]
    if (above === undefined) break
    for (const [pid, parent] of parents) {
      if (parent === above.pid) tree.push({ pid, parent, depth: above.depth + 1 })
    }
  }
  return tree
}

/**
 * Waits until none of the processes lives.
 * @throws Error when some still do after `limitMs`.
 */
export async function untilGone(pids: readonly number[], limitMs: number): Promise<void> {
  for (const deadline = Date.now() + limitMs; pids.some(isAlive); await sleep(20)) {
    if (Date.now() < deadline) continue
    throw new Error(`${pids.filter(isAlive).length} processes did not end within ${limitMs} ms`)
  }
}

/** Whether a process lives; one that ended and was not yet waited for does not. */
function isAlive(pid: number): boolean {
  return readParent(pid) !== undefined
}

function readParents(): ReadonlyMap<number, number> {
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const parent = readParent(Number(name))
    if (parent !== undefined) parents.set(Number(name), parent)
  }
  return parents
}

/** proc(5): `pid (comm) state ppid …`, and comm may hold spaces and parentheses. */
function readParent(pid: number): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' || state === 'X' ? undefined : Number(parent)
  } catch {
    return undefined
  }
}
