import { randomInt } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { processTree, type TreeProcess } from '../machine/process-tree.ts'

/** Who is killed, in turn. */
export const TARGETS = ['primary', 'worker', 'group', 'supervisor'] as const
export type Target = (typeof TARGETS)[number]

/**
 * Sends SIGKILL to one part of the server.
 * @returns the processes that were killed.
 * @throws Error when there is no such process.
 */
export function kill(target: Target, root: number): readonly number[] {
  const tree = processTree(root)
  const victims = chosen(target, tree)
  if (victims.length === 0) throw new Error(`no ${target} among ${tree.length} processes`)
  for (const pid of victims) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It ended by itself in this moment.
    }
  }
  return victims
}

/** The processes of the server that answer requests. */
export function workers(root: number): readonly number[] {
  return processTree(root).filter(isWorker).map(({ pid }) => pid)
}

function chosen(target: Target, tree: readonly TreeProcess[]): readonly number[] {
  const someWorkers = tree.filter(isWorker)
  if (target === 'group') return tree.map(({ pid }) => pid)
  if (target === 'supervisor') return tree.slice(0, 1).map(({ pid }) => pid)
  if (target === 'primary') return someWorkers.slice(0, 1).map(({ parent }) => parent)
  return someWorkers.length === 0 ? [] : [someWorkers[randomInt(someWorkers.length)]?.pid ?? 0]
}

/** node:cluster tells a worker who it is in its environment. */
function isWorker({ pid }: TreeProcess): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes('NODE_UNIQUE_ID=')
  } catch {
    return false
  }
}
