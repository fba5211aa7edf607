import { alibaba } from '@claviger/wire'

const { invalidParameter, KmsRefusal } = alibaba.shared

export const GENERIC = 'Generic'

/** The content type of a value that somebody calls binary; it is text all the same. */
export const BINARY = 'application/octet-stream'

/** By which the service is asked to make the value, or the name. */
export const AUTOMATIC = '$Auto'

type Members = Readonly<Record<string, unknown>>

/** A type of secrets, which is that of an account in the cloud but for `Generic`. */
export interface SecretTypeRow {
  /** What ExtendedConfig must have. */
  readonly settings: readonly string[]
  readonly subTypes: readonly string[]
  /** The value as it is read, of one as it is given; `undefined` for a form that it cannot have. */
  readonly read: (value: Members, version: { readonly created: string }) => Members | undefined
}

/** The types but `Generic` (Alibaba Cloud KMS, "Dynamic secrets"). */
export const SECRET_TYPES: Readonly<Record<string, SecretTypeRow>> = {
  Rds: {
    subTypes: ['SingleUser', 'DoubleUsers'],
    settings: ['DBInstanceId'],
    read: ({ Accounts }) => account(first(Accounts)),
  },
  Redis: {
    subTypes: ['DoubleUsers'],
    settings: ['InstanceId', 'AccountName'],
    read: account,
  },
  PolarDB: {
    subTypes: ['DoubleUsers'],
    settings: ['DBClusterId', 'AccountName'],
    read: account,
  },
  RAMCredentials: {
    subTypes: ['RamUserAccessKey'],
    settings: ['UserName'],
    read: ({ AccessKeys }, { created }) => {
      const found = texts(first(AccessKeys), 'AccessKeyId', 'AccessKeySecret')
      return found && { ...found, GenerateTimestamp: created }
    },
  },
  ECS: {
    subTypes: ['Password', 'SSHKey'],
    settings: ['InstanceId'],
    read: (value) =>
      texts(value, 'UserName', 'Password') ?? texts(value, 'UserName', 'PublicKey', 'PrivateKey'),
  },
}

/** @throws KmsRefusal InvalidParameter */
export function secretTypeRow(type: string): SecretTypeRow | undefined {
  if (type === GENERIC) return undefined
  const row = Object.hasOwn(SECRET_TYPES, type) ? SECRET_TYPES[type] : undefined
  if (row !== undefined) return row
  const names = [GENERIC, ...Object.keys(SECRET_TYPES)]
  throw invalidParameter('SecretType', `must be one of ${names.join(', ')}`)
}

/**
 * Holds the form of a value of a type.
 * @throws KmsRefusal InvalidParameter; UnsupportedOperation for what the service would make itself.
 */
export function demandTypedValue(type: string, row: SecretTypeRow, value: string): void {
  if (value === AUTOMATIC) {
    throw new KmsRefusal('UnsupportedOperation', {
      recommend:
        'The server reaches no account in the cloud; send its name and password as SecretData, ' +
        'in the form in which the secret is read.',
    })
  }
  if (typedValue(row, value, '') !== undefined) return
  throw invalidParameter('SecretData', `must have the form of the secret type ${type}`)
}

/** A value as it is read; `undefined` for one that has not the form of its type. */
export function typedValue(row: SecretTypeRow, value: string, created: string): string | undefined {
  const given = parsed(value)
  const read = given && row.read(given, { created })
  return read && JSON.stringify(read)
}

function parsed(text: string): Members | undefined {
  try {
    return members(JSON.parse(text))
  } catch {
    return undefined
  }
}

function account(value: unknown): Members | undefined {
  return texts(value, 'AccountName', 'AccountPassword')
}

function first(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined
}

function members(value: unknown): Members | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? Object.fromEntries(Object.entries(value)) : undefined
}

/** These members alone, when each is there and a text. */
function texts(value: unknown, ...names: readonly string[]): Members | undefined {
  const given = members(value) ?? {}
  const found = names.map((name) => [name, given[name]] as const)
  return found.every(([, text]) => typeof text === 'string' && text !== '')
    ? Object.fromEntries(found)
    : undefined
}
