import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import type { ResourceType } from './arm-router.ts'

/** The stable versions of the vaults' namespace, oldest first. */
export const VAULT_VERSIONS = [
  '2015-06-01', '2016-10-01', '2018-02-14', '2019-09-01', '2021-10-01', '2022-07-01', '2022-11-01',
  '2023-02-01', '2023-07-01', '2024-11-01', '2025-05-01', '2026-02-01', '2026-04-01',
] as const

/** Namespaces that publish a list; of all others any version from 2014 on is served. */
const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  'microsoft.keyvault': [
    ...VAULT_VERSIONS,
    '2018-02-14-preview', '2020-04-01-preview', '2021-04-01-preview', '2021-06-01-preview',
    '2021-11-01-preview', '2022-02-01-preview', '2024-04-01-preview', '2024-12-01-preview',
  ],
  'microsoft.insights': ['2016-09-01', '2017-05-01-preview', '2021-05-01-preview'],
}

const FORM = /^(20\d{2})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:-(?:preview|alpha|beta|privatepreview))?$/i
const OLDEST = '2014-01-01'
const LONGEST_SHOWN = 64

const NEWEST_VAULT_VERSION = '2026-04-01'

/**
 * The version of a request to a namespace. One that is later than all that are known is taken: a
 * client of tomorrow still finds what is here.
 * @throws ArmRefusal when it is missing, no version at all, or none that the namespace has had.
 */
export function demandApiVersion(asked: string | null, { namespace, type }: ResourceType): string {
  if (asked === null || asked === '') {
    const message =
      'The api-version query parameter (?api-version=) is required for all requests.'
    throw new ArmRefusal(400, 'MissingApiVersionParameter', message)
  }
  if (!FORM.test(asked) || asked < OLDEST) {
    throw new ArmRefusal(
      400,
      'InvalidApiVersionParameter',
      `The api-version '${shorten(asked, LONGEST_SHOWN)}' is invalid. ` +
        `The supported versions are '${VAULT_VERSIONS.toReversed().join(',')}'.`,
    )
  }
  const known = VERSIONS[namespace.toLowerCase()]
  const isKnown = known?.some((one) => one.toLowerCase() === asked.toLowerCase()) ?? true
  if (isKnown || asked.slice(0, 10) > NEWEST_VAULT_VERSION) return asked
  throw new ArmRefusal(
    400,
    'NoRegisteredProviderFound',
    `No registered resource provider found for API version '${asked}' for type '${type}'. ` +
      `The supported api-versions are '${known?.join(', ') ?? ''}'.`,
  )
}
