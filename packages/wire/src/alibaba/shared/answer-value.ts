/**
 * What an answer is made of. A list that the service wraps is given as it stands on the wire:
 * `{ Keys: { Key: […] } }`. A member that is undefined is left out.
 */
export type AnswerValue = string | number | boolean | AnswerObject | readonly AnswerValue[]

export interface AnswerObject {
  readonly [name: string]: AnswerValue | undefined
}
