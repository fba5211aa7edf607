/** What an action answers, as every SDK of Alibaba Cloud has it. */
export interface KmsResponse<Body> {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  /** HTTP status: 200, since every other one is an error. */
  readonly statusCode: number
  /** What the action's own type says; names begin with a small letter. */
  readonly body: Body
}
