/** What an ARN can name here. */
export const RESOURCE_KINDS = [
  'key',
  'alias',
  'secret',
  'certificate',
  'applicationaccesspoint',
  'network',
  'policy',
  'keystore',
] as const
export type ResourceKind = (typeof RESOURCE_KINDS)[number]

/** `acs:kms:<region>:<account>:<kind>/<name>` */
export interface ResourceName {
  readonly region: string
  /** 16 decimal digits. */
  readonly account: string
  readonly kind: ResourceKind
  /** Of an alias without its `alias/`; of an instance its id. May have slashes. */
  readonly name: string
}

const LONGEST = 512

export function formatResourceName({ region, account, kind, name }: ResourceName): string {
  return `acs:kms:${region}:${account}:${kind}/${name}`
}

/** `undefined` for a text that is not an ARN of this service. */
export function parseResourceName(text: string): ResourceName | undefined {
  if (text.length > LONGEST) return undefined
  const form = /^acs:kms:(?<region>[a-z0-9-]+):(?<account>\d{1,20}):(?<kind>[a-z]+)\/(?<name>.+)$/
  const { region, account, kind, name } = form.exec(text)?.groups ?? {}
  const known = RESOURCE_KINDS.find((one) => one === kind)
  if (region === undefined || account === undefined || name === undefined) return undefined
  return known === undefined ? undefined : { region, account, kind: known, name }
}
