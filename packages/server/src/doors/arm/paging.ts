import { azure } from '@claviger/wire'
import { ArmRefusal } from './arm-refusal.ts'
import type { ArmReply, ArmRequest } from './route.ts'

/** Which page of a list is asked for. */
export interface ArmPage {
  readonly maximumResults?: number
  readonly after?: string
}

/** Reads `$top` and `$skiptoken`. @throws ArmRefusal */
export function pageOf({ query }: Pick<ArmRequest, 'query'>, maximum: number): ArmPage {
  const top = query.get('$top')
  if (top !== null && !/^[1-9]\d{0,8}$/.test(top)) {
    const message = 'The $top query parameter is invalid. It must be a whole number from 1 on.'
    throw new ArmRefusal(400, 'InvalidTopParameter', message)
  }
  const token = query.get('$skiptoken')
  const after = token === null ? undefined : azure.decodeSkipToken(token)
  if (token !== null && after === undefined) {
    const message = 'The $skiptoken query parameter is invalid. Take it from nextLink as it was given.'
    throw new ArmRefusal(400, 'InvalidSkipToken', message)
  }
  return {
    ...(top === null ? {} : { maximumResults: Math.min(Number(top), maximum) }),
    ...(after === undefined ? {} : { after }),
  }
}

/** One page of a list, with the link to the next. */
export function listReply(
  request: ArmRequest,
  value: readonly object[],
  next: string | undefined,
): ArmReply {
  if (next === undefined) return { status: 200, body: { value } }
  const query = new URLSearchParams(request.query)
  query.set('$skiptoken', azure.encodeSkipToken(next))
  const nextLink = `${request.origin}${request.path}?${query.toString()}`
  return { status: 200, body: { value, nextLink } }
}
