/** A channel between two processes, as the store needs it; messages arrive in the order sent. */
export interface MessagePort {
  /** Never throws: what cannot be sent is lost, and the close handler says so. */
  send(message: unknown): void
  onMessage(handler: (message: unknown) => void): void
  /** Called once when nothing more can be sent or will arrive. */
  onClose(handler: () => void): void
}
