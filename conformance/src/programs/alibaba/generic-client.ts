import assert from 'node:assert/strict'
import openApiClient from '@alicloud/openapi-client'
import openApiCore, { $OpenApiUtil, OpenApiUtil } from '@alicloud/openapi-core'
import { variable } from '../step.ts'

// The vendor's generic clients, which know no action: with them a program asks for whatever is
// newer than its SDK. What they are told is what the SDKs generated on top of them tell them.

/** The answer of an action, by its names on the wire. */
export type Answer = Readonly<Record<string, unknown>>

/** Parameters by their names on the wire; a list or an object goes as the client has it. */
export type Parameters = Readonly<Record<string, unknown>>

/** Calls an action of the shared gateway. @throws what the client throws for a refusal */
export type Call = (action: string, parameters?: Parameters) => Promise<Answer>

interface GenericClient {
  callApi(params: unknown, request: unknown, runtime: unknown): Promise<Answer>
}

interface Way {
  readonly client: (config: Config) => GenericClient
  /** `v2` makes these clients sign as they did before ACS3. */
  readonly signatureAlgorithm?: string
  /** Where the parameters of an action travel. */
  readonly place: 'query' | 'body'
}

type Config = Record<string, string | undefined>

const core = (config: Config): GenericClient =>
  new openApiCore.default(new $OpenApiUtil.Config(config))
const client = (config: Config): GenericClient =>
  new openApiClient.default(new openApiClient.Config(config))

/** The ways of asking, by the name that the variable ALIBABA_WAY has. */
const WAYS: Readonly<Record<string, Way>> = {
  'openapi-core, ACS3, query': { client: core, place: 'query' },
  'openapi-core, RPC, form': { client: core, signatureAlgorithm: 'v2', place: 'body' },
  'openapi-client, ACS3, form': { client, place: 'body' },
  'openapi-client, RPC, query': {
    client,
    signatureAlgorithm: 'v2',
    place: 'query',
  },
}

/** Where and as whom to ask; what `connect.env` says unless said. */
export interface Asking {
  readonly way?: string
  readonly endpoint?: string
  readonly accessKeyId?: string
  readonly accessKeySecret?: string
  readonly securityToken?: string
  readonly signatureAlgorithm?: string
  readonly version?: string
}

/** A client by the way that ALIBABA_WAY names, or the first. */
export function genericCall(asking: Asking = {}): Call {
  const name = asking.way ?? process.env['ALIBABA_WAY'] ?? 'openapi-core, ACS3, query'
  const way = WAYS[name]
  assert.ok(way, `there is no way ${name}`)
  const { endpoint = variable('ALIBABA_CLOUD_KMS_ENDPOINT'), version = '2016-01-20' } = asking
  const client = way.client({
    accessKeyId: asking.accessKeyId ?? variable('ALIBABA_CLOUD_ACCESS_KEY_ID'),
    accessKeySecret: asking.accessKeySecret ?? variable('ALIBABA_CLOUD_ACCESS_KEY_SECRET'),
    securityToken: asking.securityToken,
    signatureAlgorithm: asking.signatureAlgorithm ?? way.signatureAlgorithm,
    regionId: variable('ALIBABA_CLOUD_REGION_ID'),
    endpoint,
    protocol: 'https',
    // The two generic clients call themselves alike.
    userAgent: name.split(',')[0],
  })
  return async (action, parameters = {}) => {
    const flat = OpenApiUtil.query(parameters)
    const params = {
      action,
      version,
      protocol: 'HTTPS',
      pathname: '/',
      method: 'POST',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    }
    const answer = await client.callApi(params, { [way.place]: flat }, {})
    assert.equal(answer['statusCode'] ?? 200, 200)
    return member(answer, 'body')
  }
}

/** A member that is an object. */
export function member(answer: Answer, name: string): Answer {
  const found = answer[name]
  assert.ok(typeof found === 'object' && found !== null, `${name} is no object`)
  return Object.fromEntries(Object.entries(found))
}

/** A member that is a text. */
export function text(answer: Answer, name: string): string {
  const found = answer[name]
  assert.ok(typeof found === 'string', `${name} is no text`)
  return found
}

/** A list of objects as this wire has it: `Keys: { Key: [ … ] }`. */
export function list(answer: Answer, wrapper: string, one: string): readonly Answer[] {
  const found = member(answer, wrapper)[one]
  assert.ok(Array.isArray(found), `${wrapper}.${one} is no list`)
  return found.map((item: object) => Object.fromEntries(Object.entries(item)))
}

/** @throws AssertionError unless the client reports this code and, where said, this status. */
export async function refused(
  asked: Promise<unknown>,
  code: string,
  status?: number,
): Promise<void> {
  await assert.rejects(
    asked,
    (error: Error & { readonly code?: string; readonly data?: unknown }) => {
      assert.equal(error.code?.replace(/Error$/, ''), code.replace(/Error$/, ''), error.message)
      if (status !== undefined) assert.match(error.message, new RegExp(`code: ${status}, `))
      return true
    },
  )
}
