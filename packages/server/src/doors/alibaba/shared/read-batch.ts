import { alibaba } from '@claviger/wire'

const MOST_SECRETS = 20
const LONGEST_VERSION_ID = 64

/** One secret of a batch, as GetSecretValue takes it. */
export interface BatchItem {
  readonly SecretName: string
  readonly VersionId?: string | undefined
  readonly VersionStage?: string | undefined
  readonly FetchExtendedConfig?: boolean | undefined
}

/** @throws KmsRefusal InvalidParameter */
export function readBatch(list: unknown): readonly BatchItem[] {
  if (!Array.isArray(list) || list.length === 0 || list.length > MOST_SECRETS) {
    throw invalid(`must be a JSON array of 1 to ${MOST_SECRETS} secrets`)
  }
  return list.map(readItem)
}

function readItem(item: unknown): BatchItem {
  const given = new Map(Object.entries(typeof item === 'object' && item !== null ? item : {}))
  const SecretName = given.get('SecretName')
  if (typeof SecretName !== 'string' || SecretName === '') {
    throw invalid('needs a SecretName in each')
  }
  const VersionId = text('VersionId')
  if (VersionId !== undefined && VersionId.length > LONGEST_VERSION_ID) {
    throw invalid(`has at most ${LONGEST_VERSION_ID} characters in a VersionId`)
  }
  const fetch = given.get('FetchExtendedConfig')
  return {
    SecretName,
    VersionId,
    VersionStage: text('VersionStage'),
    FetchExtendedConfig: fetch === true || fetch === 'true',
  }

  function text(name: string): string | undefined {
    const value = given.get(name)
    if (value === undefined || value === null || value === '') return undefined
    if (typeof value === 'string') return value
    throw invalid(`must have a text as ${name}`)
  }
}

function invalid(rule: string): alibaba.shared.KmsRefusal {
  return alibaba.shared.invalidParameter('SecretsList', rule)
}
