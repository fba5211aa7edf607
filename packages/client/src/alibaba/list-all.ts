import { BadRequestError, UnexpectedAnswerError } from '../core/errors.ts'
import { type FetchedPage, paged, type PagedAsyncIterableIterator } from '../core/paging.ts'
import type { KmsActionName } from './actions/action-names.ts'
import type { KmsResponse } from './kms-response.ts'

/** One listing: its action, and where in the answer the items are. */
export interface KmsListingFacts {
  readonly action: KmsActionName
  readonly items: (body: never) => readonly unknown[]
  /** Whether a page is named by the answer before it, and not by its number. */
  readonly isByToken: boolean
}

/** Asks an action with these parameters. */
export type AskForPage = (request: object) => Promise<KmsResponse<unknown>>

/** Everything that an action lists, over all pages. */
export function listAll(
  { action, items, isByToken }: KmsListingFacts,
  ask: AskForPage,
): PagedAsyncIterableIterator<unknown> {
  return paged(async ({ maxPageSize, continuationToken }): Promise<FetchedPage<unknown>> => {
    const page: PageOfAnswer = isByToken
      ? { nextToken: continuationToken }
      : numbered(action, maxPageSize, continuationToken)
    const { body } = await ask(page)
    const found = itemsIn(action, body, items)
    const next = nextOf(body as PageOfAnswer, found.length, page)
    if (next !== undefined && next === continuationToken) throw unmoved(action)
    return { items: [...found], continuationToken: next }
  })
}

interface NumberedPage {
  readonly pageNumber: number
  readonly pageSize: number | undefined
}

/** A page's number counts pages of one size, so a token has both. */
function numbered(action: string, maxPageSize?: number, token?: string): NumberedPage {
  if (token === undefined) return { pageNumber: 1, pageSize: maxPageSize }
  const [, number, size] = /^([1-9]\d{0,8})\/([1-9]\d{0,8})$/.exec(token) ?? []
  if (number !== undefined) return { pageNumber: Number(number), pageSize: Number(size) }
  const message = `The continuationToken is none of a page of ${action}.`
  throw new BadRequestError({ code: 'ContinuationTokenWrong', message })
}

interface PageOfAnswer {
  readonly nextToken?: string | undefined
  readonly pageNumber?: number
  readonly pageSize?: number | undefined
  readonly totalCount?: number
}

/** An empty page is the last one, whatever the count says: something may have been deleted. */
function nextOf(
  { nextToken, pageSize, totalCount = 0 }: PageOfAnswer,
  found: number,
  asked: PageOfAnswer,
): string | undefined {
  if (nextToken) return nextToken
  // Counted from what was asked for, so that it goes on whatever number the answer says.
  const { pageNumber = 1, pageSize: askedSize } = asked
  const size = pageSize || askedSize || found
  if (found === 0 || pageNumber * size >= totalCount) return undefined
  return `${pageNumber + 1}/${size}`
}

function unmoved(action: string): UnexpectedAnswerError {
  const message = `The answer to ${action} leads to its own page again.`
  return new UnexpectedAnswerError({ code: 'UnexpectedAnswer', message, status: 200 })
}

/** @throws UnexpectedAnswerError when they are not where the service's description says. */
function itemsIn(
  action: string,
  body: unknown,
  items: KmsListingFacts['items'],
): readonly unknown[] {
  try {
    const found: unknown = items(body as never)
    if (Array.isArray(found)) return found
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
  }
  const message = `The answer to ${action} has no list where one should be.`
  throw new UnexpectedAnswerError({ code: 'UnexpectedAnswer', message, status: 200 })
}
