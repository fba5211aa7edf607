/** Signals that ask to stop; a terminal sends SIGINT and SIGHUP to the whole process group. */
const stopSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/** Calls `stop` on each of them; it must bear being called again. */
export function onStopSignal(stop: (signal: string) => void): void {
  for (const signal of stopSignals) process.on(signal, () => stop(signal))
}

/** For workers, which stop when the primary says so, after their requests in flight. */
export function ignoreStopSignals(): void {
  onStopSignal(() => undefined)
}
