/**
 * Runs one check and says how it went, in the lines that the runner counts. Every program also runs
 * on the users' Node, so these files use nothing newer than Node 20 and import only each other.
 */
export async function step(name: string, check: () => Promise<void>): Promise<void> {
  try {
    await check()
    console.log(`ok - ${name}`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    console.log(`not ok - ${name} # ${reason.replace(/\s+/g, ' ').slice(0, 400)}`)
  }
}

/** A variable that `connect.env`, or the suite, has set. @throws Error when it is missing. */
export function variable(name: string): string {
  const value = process.env[name]
  if (value === undefined || value === '') throw new Error(`${name} is not set`)
  return value
}
