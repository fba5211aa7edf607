import type { OperationContext } from '../../operation.ts'
import { authorityKey, type AuthorityRecord } from './authority-record.ts'
import { issuedKey, type IssuedRecord } from './issued-record.ts'
import type { Signer } from './read-signer.ts'

type Context = Pick<OperationContext, 'unit' | 'vault'>

/** Remembers what an authority has issued, and by which certificate others know its key. */
export async function putIssuedRecord(
  context: Context,
  signer: Signer,
  issued: Omit<IssuedRecord, 'authority'>,
): Promise<void> {
  const { unit, vault } = context
  const { authority } = signer.certificate
  await putAuthority(context, authority, { certificate: signer.name, version: signer.version })
  const key = issuedKey(vault(), authority, issued.serial)
  unit.create<IssuedRecord>(key, { meta: { ...issued, authority } })
}

/** Writes by which version the key of an authority is known from now on, where that is new. */
export async function putAuthority(
  { unit, vault }: Context,
  authority: string,
  record: AuthorityRecord,
): Promise<void> {
  const key = authorityKey(vault(), authority)
  const before = (await unit.get<AuthorityRecord>(key))?.meta
  if (before?.certificate === record.certificate && before.version === record.version) return
  unit.put<AuthorityRecord>(key, { meta: record })
}
