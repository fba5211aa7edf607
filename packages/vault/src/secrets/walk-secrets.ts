import { operation } from '../operation.ts'
import { pageSize, type Page, type PageInput } from '../page.ts'
import { nameInMarker, readPage } from '../read-page.ts'
import { describedSecret, type DescribedSecret } from './describe-secrets.ts'
import {
  deletedSecretKey,
  deletedSecretPrefix,
  secretKey,
  secretPrefix,
  type DeletedSecretHead,
  type SecretHead,
} from './secret.ts'

const MAXIMUM_DESCRIBED = 200

export interface WalkSecretsInput extends PageInput {
  readonly vault: string
  /** The live secrets, or those that wait for their destruction. */
  readonly state: 'live' | 'deleted'
}

/** The secrets of a vault without their values, in order of their names; up to 200 at a time. */
export const walkSecrets = operation<WalkSecretsInput, Page<DescribedSecret>>({
  name: 'SecretList',
  permission: 'secrets/list',
  writes: false,
  target: ({ vault }) => ({ vault, object: 'secrets' }),

  async run({ unit, vault }, input) {
    const container = vault()
    const isLive = input.state === 'live'
    const { items, ...more } = await readPage<
      SecretHead | DeletedSecretHead,
      SecretHead | DeletedSecretHead
    >(unit, input, pageSize(input, MAXIMUM_DESCRIBED), {
      prefix: isLive ? secretPrefix(container) : deletedSecretPrefix(container),
      keyOf: (marker) => (isLive ? secretKey : deletedSecretKey)(container, nameInMarker(marker)),
      itemOf: (found) => found,
      markerOf: ({ current }) => current.name,
    })
    return { items: items.flatMap((one) => describedSecret(one) ?? []), ...more }
  },
})
