import { alibaba } from '@claviger/wire'
import type { SecretTypeRow } from './secret-types.ts'

const { invalidParameter, missingParameter } = alibaba.shared

const MOST_PAIRS = 10
const LONGEST = 1024

type Settings = Readonly<Record<string, unknown>>

/**
 * ExtendedConfig as it is kept, a JSON text; `undefined` for a secret that has none.
 * @param row of a secret of an account, for which it is required.
 * @throws KmsRefusal MissingParameter, InvalidParameter
 */
export function secretSettings(
  given: Settings | undefined,
  row: SecretTypeRow | undefined,
): string | undefined {
  if (given === undefined) {
    if (row === undefined) return undefined
    throw missingParameter('ExtendedConfig')
  }
  if (row !== undefined) demandMembers(given, row)
  const { CustomData = {} } = given
  demandCustomData('ExtendedConfig.CustomData', CustomData)
  return written({ ...given, CustomData })
}

/** The settings with other pairs of its owner. @throws KmsRefusal InvalidParameter */
export function withCustomData(before: string | undefined, CustomData: Settings): string {
  demandCustomData('ExtendedConfig.CustomData', CustomData)
  // What is there was written here.
  const settings = JSON.parse(before ?? '{}') as Settings
  return written({ ...settings, CustomData })
}

function written(settings: Settings): string {
  const text = JSON.stringify(settings)
  if (text.length <= LONGEST) return text
  throw invalidParameter('ExtendedConfig', `has at most ${LONGEST} characters`)
}

function demandMembers(given: Settings, { subTypes, settings }: SecretTypeRow): void {
  if (!subTypes.some((one) => one === given['SecretSubType'])) {
    throw invalidParameter('ExtendedConfig', `needs SecretSubType ${subTypes.join(' or ')}`)
  }
  const missing = settings.find((name) => typeof given[name] !== 'string' || given[name] === '')
  if (missing !== undefined) throw invalidParameter('ExtendedConfig', `needs ${missing}`)
}

/** The name is that of a member of a parameter, or of one of its own: clients write either. */
function demandCustomData(name: string, value: unknown): void {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  const pairs = isObject ? Object.values(value) : undefined
  const fits = pairs !== undefined && pairs.length <= MOST_PAIRS && pairs.every(isPlain)
  if (!fits) throw invalidParameter(name, `must be a JSON object of at most ${MOST_PAIRS} pairs`)
}

function isPlain(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value)
}
