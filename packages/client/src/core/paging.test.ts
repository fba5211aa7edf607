import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { collect } from '../testing/collect.ts'
import { type FetchedPage, type PageSettings, paged } from './paging.ts'

/** A listing of 0 to 6 whose token is the first number of the next page. */
function listing(asked: PageSettings[] = []): ReturnType<typeof paged<number>> {
  return paged(async (settings): Promise<FetchedPage<number>> => {
    asked.push(settings)
    const start = Number(settings.continuationToken ?? 0)
    const end = Math.min(start + (settings.maxPageSize ?? 3), 7)
    const items = Array.from({ length: end - start }, (_, index) => start + index)
    return { items, continuationToken: end < 7 ? String(end) : undefined }
  })
}

describe('a listing', () => {
  it('gives its items over all pages', async () => {
    assert.deepEqual(await collect(listing()), [0, 1, 2, 3, 4, 5, 6])
  })

  it('gives pages of the size that was asked for', async () => {
    const pages = await collect(listing().byPage({ maxPageSize: 5 }))
    assert.deepEqual(pages.map((page) => [...page]), [[0, 1, 2, 3, 4], [5, 6]])
    assert.deepEqual(pages.map((page) => page.continuationToken), ['5', undefined])
  })

  it('goes on after the page whose token it is given', async () => {
    const pages = await collect(listing().byPage({ continuationToken: '5' }))
    assert.deepEqual(pages.map((page) => [...page]), [[5, 6]])
  })

  it('asks for nothing before it is read, and for no page that is not wanted', async () => {
    const asked: PageSettings[] = []
    const items = listing(asked)
    assert.equal(asked.length, 0)
    for await (const item of items) if (item === 1) break
    assert.equal(asked.length, 1)
  })
})
