import type { alibaba } from '@claviger/wire'

/** The parameters by which a page is asked for. */
export interface PageParameters {
  /** From 1. */
  readonly PageNumber: number
  readonly PageSize: number
}

/** One page of a list that is there whole. */
export interface AnswerPage<Item> {
  readonly items: readonly Item[]
  /** What the answer says beside it. */
  readonly paging: alibaba.shared.AnswerObject
}

/** Cuts a page out of a list; one behind its end is empty. */
export function answerPage<Item>(
  all: readonly Item[],
  { PageNumber, PageSize }: PageParameters,
): AnswerPage<Item> {
  const start = (PageNumber - 1) * PageSize
  return {
    items: all.slice(start, start + PageSize),
    paging: { PageNumber, PageSize, TotalCount: all.length },
  }
}
