/**
 * Lets this process outlive whoever reads its output: a closed pipe is otherwise an error that nothing
 * catches, and a vault must not end because a terminal did.
 */
export function ignoreClosedOutput(): void {
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
}
