import type { Provider } from '../../crypto/provider.ts'

/**
 * The methods of a provider as members, so that some can be replaced: a spread of the instance would
 * leave them out.
 */
export function bindAll(provider: Provider): Provider {
  return {
    create: (spec) => provider.create(spec),
    import: (numbers) => provider.import(numbers),
    sign: (...input) => provider.sign(...input),
    verify: (...input) => provider.verify(...input),
    generateMac: (...input) => provider.generateMac(...input),
    verifyMac: (...input) => provider.verifyMac(...input),
    encrypt: (...input) => provider.encrypt(...input),
    decrypt: (...input) => provider.decrypt(...input),
    wrap: (...input) => provider.wrap(...input),
    unwrap: (...input) => provider.unwrap(...input),
    exportPrivateKey: (handle) => provider.exportPrivateKey(handle),
    destroy: (handle) => provider.destroy(handle),
  }
}
