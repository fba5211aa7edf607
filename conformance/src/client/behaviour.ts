import type { Side } from './our-side.ts'

/** One thing that a user does, and what he sees. */
export interface Behaviour {
  readonly what: string
  readonly run: (side: Side) => Promise<unknown>
}

/** Polls that need not wait as long as the clients' default of two seconds. */
export const quickly = { intervalInMs: 20 }

/** What a text of base64 or base64url stands for, in every runtime. */
export function octetsOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(binary, (octet) => octet.charCodeAt(0))
}

/** How a call fails, as a value, so that a behaviour may go on after it. */
export async function failure(asked: Promise<unknown>): Promise<unknown> {
  try {
    return { given: await asked }
  } catch (error) {
    const { statusCode, code, message } = error as {
      readonly statusCode?: number
      readonly code?: string
      readonly message: string
    }
    return { statusCode, code, message }
  }
}

/** All items of a listing whose names begin so, in the order of their ids. */
export async function listed<Item extends { readonly name: string; readonly version?: string }>(
  items: AsyncIterable<Item>,
  prefix: string,
): Promise<Item[]> {
  const all: Item[] = []
  for await (const item of items) if (item.name.startsWith(prefix)) all.push(item)
  return all.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
