import { azure } from '@claviger/wire'
import type { AzureQuery } from './azure-query.ts'
import { shorten } from '../../rest/shorten.ts'
import { WireRefusal } from './wire-refusal.ts'

const LONGEST_SHOWN = 64

/** The api-version of a request: as it was written, and as which it is served. */
export interface AskedApiVersion {
  readonly asked: string
  readonly served: azure.ApiVersion
}

/** @throws WireRefusal when it is missing or none that the service ever published. */
export function demandApiVersion(query: AzureQuery): AskedApiVersion {
  const asked = query.get('api-version')
  if (asked === undefined || asked === '') {
    throw new WireRefusal(
      400,
      'BadParameter',
      'api-version must be specified. ' +
        `Add ?api-version=${azure.NEWEST_API_VERSION} to the request URI.`,
    )
  }
  const served = azure.apiVersionFor(asked)
  if (served === undefined) {
    throw new WireRefusal(
      400,
      'BadParameter',
      `The specified version (${shorten(asked, LONGEST_SHOWN)}) is not recognized. ` +
        `Consider using the latest supported version (${azure.NEWEST_API_VERSION}).`,
    )
  }
  return { asked, served }
}
