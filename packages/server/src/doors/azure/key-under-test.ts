import type { DoorUnderTest, Received } from './door-under-test.ts'

/** A key bundle as a client reads it. */
export interface ReceivedKey {
  readonly kid: string
  readonly version: string
  readonly key: Readonly<Record<string, unknown>>
  readonly attributes: Readonly<Record<string, unknown>>
}

/** Makes a key, of type EC unless another is among the members. */
export async function createKey(
  { call }: DoorUnderTest,
  name: string,
  members: object = {},
): Promise<ReceivedKey> {
  const answer = await call('POST', `/keys/${name}/create`, { body: { kty: 'EC', ...members } })
  if (answer.status !== 200) throw new Error(`the key was not made: ${answer.text}`)
  return receivedKey(answer)
}

/** Reads the bundle in an answer. */
export function receivedKey({ json }: Received): ReceivedKey {
  const key: Record<string, unknown> = Object(json['key'])
  const attributes: Record<string, unknown> = Object(json['attributes'])
  const kid = String(key['kid'])
  return { kid, version: kid.split('/').at(-1) ?? '', key, attributes }
}
