/** What an event of a vault is about. */
export interface KeyVaultEventSubject {
  /** The name of the vault, in small letters. */
  readonly vaultName: string
  /** What kind of object it is. */
  readonly objectType: 'secret' | 'key' | 'certificate'
  /** The name of the object. */
  readonly objectName: string
}

// Source: Azure Event Grid, "Azure Key Vault as Event Grid source": in its own schema the type is
// `eventType`, in that of CloudEvents `type`.
const TYPE = /^Microsoft\.KeyVault\.(?:Secret|Key|Certificate)(?:NewVersionCreated|NearExpiry|Expired)$/
const OBJECT_TYPES: readonly string[] = ['secret', 'key', 'certificate']
const NAME = /^[\da-z-]{1,127}$/i

/** Takes an event of Azure Event Grid apart; `undefined` for what is no event of a vault's object. */
export function keyVaultEventSubject(event: unknown): KeyVaultEventSubject | undefined {
  const { eventType, type = eventType, data } = membersOf(event)
  const { VaultName, ObjectType, ObjectName } = membersOf(data)
  if (!TYPE.test(textOf(type)) || !NAME.test(textOf(ObjectName))) return undefined
  const objectType = textOf(ObjectType).toLowerCase()
  if (!isObjectType(objectType)) return undefined
  return {
    vaultName: textOf(VaultName).toLowerCase(),
    objectType,
    objectName: textOf(ObjectName),
  }
}

/** Whether an event is of the vault that a reader names; of any, where it names none. */
export function isOfVault({ vaultName }: KeyVaultEventSubject, reader: object): boolean {
  const { vaultUrl } = membersOf(reader)
  if (typeof vaultUrl !== 'string' || !URL.canParse(vaultUrl)) return true
  return new URL(vaultUrl).hostname.split('.')[0] === vaultName
}

function isObjectType(text: string): text is KeyVaultEventSubject['objectType'] {
  return OBJECT_TYPES.includes(text)
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
