/** Says on standard error what is being done: a whole run takes minutes. */
export function progress(text: string): void {
  process.stderr.write(`bench: ${text}\n`)
}
