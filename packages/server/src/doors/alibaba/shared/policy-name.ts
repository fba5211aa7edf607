import { alibaba } from '@claviger/wire'

/**
 * A key or secret has one policy, and this is its name.
 * @throws KmsRefusal Forbidden.ResourceNotFound
 */
export function demandPolicyName(name: string): void {
  if (name === 'default') return
  const message = 'Policy not found.'
  throw new alibaba.shared.KmsRefusal('Forbidden.ResourceNotFound', { message })
}
