import { alibaba } from '@claviger/wire'
import type { ActionContext } from './action.ts'

/** What an ARN calls the things that access points are made of. */
export type AccessResource = Extract<
  alibaba.shared.ResourceKind,
  'applicationaccesspoint' | 'network' | 'policy'
>

export function accessArn(
  { region, account }: ActionContext,
  kind: AccessResource,
  name: string,
): string {
  return alibaba.shared.formatResourceName({ region, account, kind, name })
}
