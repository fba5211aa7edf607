import { chmodSync, chownSync } from 'node:fs'

/** Somebody without any rights of their own, on every system with users. */
const NOBODY = 65_534

/**
 * Does work in a folder whose names cannot be changed, and in which these files belong to whoever
 * does it. The owner of the machine may do all, and becomes somebody else meanwhile.
 */
export async function bySomebodyWhoMayNotChange(
  folder: string,
  files: readonly string[],
  work: () => Promise<void>,
): Promise<void> {
  const isRoot = process.geteuid?.() === 0
  chmodSync(folder, 0o555)
  if (isRoot) {
    for (const file of files) chownSync(file, NOBODY, NOBODY)
    process.seteuid?.(NOBODY)
  }
  try {
    await work()
  } finally {
    if (isRoot) process.seteuid?.(0)
    chmodSync(folder, 0o755)
  }
}
