/**
 * Lets this process outlive whoever reads its output: a closed pipe is otherwise an error that nothing
 * catches, and a vault must not end because a terminal did.
 */
export function ignoreClosedOutput(): void {
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
}

/**
 * Lets whoever reads the output of a command have enough of it, as `head` has. What is lost otherwise,
 * such as on a full disk, is a failure, whatever the command has come to.
 */
export function letReaderStop(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return
    process.stderr.write(`claviger: ${error.message}\n`)
    process.once('exit', () => {
      process.exitCode ||= 1
    })
  })
  process.stderr.on('error', () => undefined)
}
