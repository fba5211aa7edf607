import type { MessageName } from './message.ts'

/** Octets are not the message that they should be. Nothing of their content is in the text. */
export class MalformedMessage extends Error {
  readonly messageName: MessageName

  constructor(messageName: MessageName, reason: string, options?: ErrorOptions) {
    super(`${messageName}: ${reason}`, options)
    this.name = 'MalformedMessage'
    this.messageName = messageName
  }
}
