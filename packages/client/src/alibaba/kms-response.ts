/** What an action answers, as every SDK of Alibaba Cloud has it. */
export interface KmsResponse<Body> {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly statusCode: number
  readonly body: Body
}
