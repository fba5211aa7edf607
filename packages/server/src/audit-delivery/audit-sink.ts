import { join } from 'node:path'
import type { Config } from '../config.ts'
import { FileSink } from './file-sink.ts'
import { HttpSink } from './http-sink.ts'

/** Something that keeps audit entries elsewhere. */
export interface AuditSink {
  readonly name: string
  /**
   * Hands entries over in their order, each the JSON text of one; resolves when the sink has them
   * for good. What fails is handed over again, so a sink may get an entry twice.
   */
  deliver(entries: readonly string[], signal: AbortSignal): Promise<void>
}

/** Every sink that the operator has configured. */
export function openSinks(
  { auditSinks, auditSinkTokensDir }: Pick<Config, 'auditSinks' | 'auditSinkTokensDir'>,
): readonly AuditSink[] {
  return auditSinks.map((place) => {
    if ('file' in place) return new FileSink(place.name, place.file)
    const tokenFile =
      auditSinkTokensDir === undefined ? undefined : join(auditSinkTokensDir, place.name)
    return new HttpSink(place.name, place.url, tokenFile)
  })
}
