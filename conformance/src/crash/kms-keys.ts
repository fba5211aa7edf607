import { randomUUID } from 'node:crypto'
import { type JsonObject, objectOf, textOf } from '../server/json.ts'
import { askKms, type KmsChange, type KmsClient, type KmsNoun, type KmsState } from './kms-noun.ts'
import { lastSegment } from './noun.ts'
import type { Observer } from './observer.ts'

const TAG = 'crash'

/**
 * Keys that are made and described, each time otherwise: a state that comes again would hide a change
 * that was lost. The server names them; a tag has our name for each.
 */
export class KmsKeys implements KmsNoun {
  readonly collection = 'keys over KMS'
  readonly #ids = new Map<string, string>()

  nextChange(name: string, { description }: KmsState): KmsChange {
    const Description = randomUUID()
    const after = { description: Description }
    if (description === undefined) {
      const Tags = JSON.stringify([{ TagKey: TAG, TagValue: name }])
      return {
        action: 'CreateKey',
        parameters: { Tags, Description },
        operationNames: ['KeyCreate', 'KeyGet'],
        after,
      }
    }
    return {
      action: 'UpdateKeyDescription',
      parameters: { KeyId: this.#ids.get(name) ?? '', Description },
      operationNames: ['KeyUpdate'],
      after,
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
    if (described === undefined) return {}
    return { description: textOf(objectOf(described['KeyMetadata']), 'Description') }
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
