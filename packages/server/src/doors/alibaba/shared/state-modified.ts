import { isFault } from '@claviger/vault'
import { alibaba } from '@claviger/wire'

/**
 * Throws what an action on the state of a key has thrown: that the state does not allow it has a code
 * of its own with these actions.
 */
export function stateModified(thrown: unknown): never {
  const isDeleted = isFault(thrown, 'ObjectNotFound') && thrown.detail.deleted === true
  if (isDeleted || isFault(thrown, 'KeyAwaitsMaterial')) {
    throw new alibaba.shared.KmsRefusal('Rejected.StateModifiedFailed')
  }
  throw thrown
}
