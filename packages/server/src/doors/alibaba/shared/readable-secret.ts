import type { StagedSecret } from '@claviger/vault'
import { time } from './answer-key.ts'
import { secretType } from './answer-secret.ts'
import { secretTypeRow, typedValue } from './secret-types.ts'

/** The value as its type is read; as it stands when another wire has set it in another form. */
export function readableSecret({ head, version, value }: StagedSecret): string {
  const text = Buffer.from(value.reveal()).toString('utf8')
  const row = secretTypeRow(secretType(head))
  return row === undefined ? text : (typedValue(row, text, time(version.created)) ?? text)
}
