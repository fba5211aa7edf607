import { Fault } from '../fault.ts'

/** What a caller says of releasing a key from the server. */
export interface ExportWish {
  readonly exportable?: boolean
  readonly hasReleasePolicy?: boolean
}

/**
 * Refuses keys that are to leave the server: secure key release is not offered.
 * @throws Fault KeyExportRefused
 */
export function demandNotExported(wish: ExportWish): void {
  const { exportable = false, hasReleasePolicy = false } = wish
  if (exportable && !hasReleasePolicy) throw refused('policyMissing')
  if (!exportable && hasReleasePolicy) throw refused('notExportable')
  if (exportable) throw refused('notOffered')
}

/**
 * Refuses to make an existing key exportable.
 * @throws Fault KeyExportRefused
 */
export function demandExportUnchanged({ exportable, hasReleasePolicy }: ExportWish): void {
  if (exportable === true) throw refused('unchangeable')
  if (hasReleasePolicy === true) throw refused('notExportable')
}

function refused(
  reason: 'policyMissing' | 'notExportable' | 'notOffered' | 'unchangeable',
): Fault<'KeyExportRefused'> {
  return new Fault('KeyExportRefused', { reason })
}
