import type { Parameter } from './parameter.ts'

/** One action of version 2016-01-20. */
export interface ActionRow {
  readonly parameters: Readonly<Record<string, Parameter>>
  /** The one method that the published description names; absent: both. We take both for all. */
  readonly publishedMethod?: 'GET' | 'POST'
  /** The instance gateway answers it too, signed as here. */
  readonly onInstance?: true
  /** No more in the current SDKs. */
  readonly legacy?: true
}

export type ActionTable = Readonly<Record<string, ActionRow>>
