const GIVES_THE_SAME =
  /^(?:Assume|Describe|List|Get|Batch|Encrypt|Decrypt|ReEncrypt|Generate|Export|Asymmetric|Verify)/
const SETS = /^(?:Certificate|Advance|Enable|Disable|Set|Update|Tag|Untag|Put|Import|Rotate)/

/**
 * Whether an action may reach the service twice: it reads, makes something that nobody keeps, or
 * sets what it has set before. The second move of a stage would be refused, since it has gone.
 */
export function isRepeatable(action: string): boolean {
  if (action === 'UpdateSecretVersionStage') return false
  return GIVES_THE_SAME.test(action) || SETS.test(action)
}
