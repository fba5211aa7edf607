import { type JsonObject, objectOf, textOf } from '../server/json.ts'
import { askKms, type KmsChange, type KmsClient, type KmsNoun, type KmsState } from './kms-noun.ts'
import { lastSegment } from './noun.ts'
import type { Observer } from './observer.ts'

const TAG = 'crash'

/** Keys that are made, disabled and enabled. The server names them; a tag has our name for each. */
export class KmsKeys implements KmsNoun {
  readonly collection = 'keys over KMS'
  readonly #ids = new Map<string, string>()

  nextChange(name: string, { state }: KmsState): KmsChange {
    if (state === undefined) {
      return {
        action: 'CreateKey',
        parameters: { Tags: JSON.stringify([{ TagKey: TAG, TagValue: name }]) },
        operationNames: ['KeyCreate', 'KeyGet'],
        after: { state: 'Enabled' },
      }
    }
    const enables = state === 'Disabled'
    return {
      action: enables ? 'EnableKey' : 'DisableKey',
      parameters: { KeyId: this.#ids.get(name) ?? '' },
      operationNames: ['KeyUpdate'],
      after: { state: enables ? 'Enabled' : 'Disabled' },
    }
  }

  answered(name: string, body: JsonObject): void {
    const id = textOf(objectOf(body['KeyMetadata']), 'KeyId')
    if (id !== '') this.#ids.set(name, id)
  }

  async read(name: string, kms: KmsClient, observer: Observer): Promise<KmsState> {
    const id = this.#ids.get(name) ?? (await taggedKey(observer, name))
    if (id === undefined) return {}
    this.#ids.set(name, id)
    const described = await askKms(kms, 'DescribeKey', { KeyId: id })
    const state = described && textOf(objectOf(described['KeyMetadata']), 'KeyState')
    return state === undefined ? {} : { state }
  }
}

/** The key of a request whose answer would have named it. */
async function taggedKey(observer: Observer, name: string): Promise<string | undefined> {
  const found = (await observer.list('/keys')).filter(
    (item) => textOf(objectOf(item['tags']), TAG) === name,
  )
  if (found.length > 1) throw new Error(`${found.length} keys were made by one request`)
  const [item] = found
  return item && lastSegment(textOf(item, 'kid'))
}
