import type { JsonRecord } from '../output/json-value.ts'

/** What keys, secrets and certificates have in common: the life of an object of one vault. */
export interface ObjectSource {
  readonly list: (which: Listing) => AsyncIterable<ListedObject>
  readonly listVersions: (name: string) => AsyncIterable<ListedObject>
  readonly listDeleted: (which: Listing) => AsyncIterable<ListedObject>
  readonly showDeleted: (name: string) => Promise<JsonRecord>
  /** Begins to delete; `wait` gives what is deleted when it is. */
  readonly delete: (name: string, wait: boolean) => Promise<JsonRecord>
  readonly recover: (name: string, wait: boolean) => Promise<JsonRecord>
  readonly purge: (name: string) => Promise<void>
  readonly backup: (name: string) => Promise<Uint8Array>
  readonly restore: (backup: Uint8Array) => Promise<JsonRecord>
}

/** What a listing has beside what is whole. */
export interface Listing {
  /** Certificates that are being made too. */
  readonly includePending: boolean
}

/** An object in a listing. */
export interface ListedObject {
  /** Whether it belongs to a certificate. */
  readonly managed: boolean
  readonly record: JsonRecord
}

/** What a listing gives, each made into what is shown. */
export async function* listed<Item>(
  items: AsyncIterable<Item>,
  show: (item: Item) => ListedObject,
): AsyncGenerator<ListedObject, undefined> {
  for await (const item of items) yield show(item)
}
