import { errorFields, type Log } from '../log.ts'

/**
 * Ends this process on an error that nothing caught: its state is unknown, and whoever started it
 * starts another. Node's own report would print the message, which may quote a value.
 */
export function exitOnBug(log: Log): void {
  process.on('uncaughtException', (thrown) => {
    log.error('The process ends because of an error that nothing caught.', errorFields(thrown))
    process.exit(70)
  })
}
