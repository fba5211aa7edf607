import { Fault, isFault } from '@claviger/vault'

/** Says of an input that the vault refuses by which parameter it came. */
export function inParameter(
  parameters: Readonly<Record<string, string>>,
): (thrown: unknown) => never {
  return (thrown) => {
    if (!isFault(thrown, 'InvalidInput')) throw thrown
    const { property, reason } = thrown.detail
    throw new Fault('InvalidInput', { property: parameters[property] ?? property, reason })
  }
}
