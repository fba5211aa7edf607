import type { Provider } from '../../crypto/provider.ts'
import { cbcGroup, gcmGroup, keyWrapGroup, oaepGroup, pkcs1Group } from './cipher-vectors.ts'
import { joseGroup } from './jose-vectors.ts'
import { macGroup } from './mac-vectors.ts'
import type { Outcome } from './outcome.ts'
import { ecdsaGroup, rsaSignGroup, rsaVerifyGroup, type Run } from './signature-vectors.ts'
import type { Group, VectorFile } from './vector-file.ts'

type PrepareGroup = (provider: Provider, group: Group, file: string) => Promise<Run>

/** How a group is run, by the type that it names. */
const GROUPS: Readonly<Record<string, PrepareGroup>> = {
  EcdsaVerify: ecdsaGroup,
  EcdsaP1363Verify: ecdsaGroup,
  RsassaPkcs1Verify: rsaVerifyGroup,
  RsassaPssVerify: rsaVerifyGroup,
  RsassaPkcs1Generate: rsaSignGroup,
  RsaesOaepDecrypt: oaepGroup,
  RsaesPkcs1Decrypt: pkcs1Group,
  AeadTest: gcmGroup,
  IndCpaTest: cbcGroup,
  KeywrapTest: keyWrapGroup,
  MacTest: macGroup,
  JsonWebSignature: joseGroup,
  JsonWebEncryption: joseGroup,
  JsonWebKey: joseGroup,
  JsonWebCrypto: joseGroup,
}

/** How many vectors of a file had each outcome. */
export type Tally = ReadonlyMap<Outcome, number>

/**
 * Runs all vectors of a file.
 * @throws Error that names the vector, when the provider does not answer as it should.
 */
export async function runVectors(provider: Provider, file: VectorFile): Promise<Tally> {
  const tally = new Map<Outcome, number>()
  for (const group of file.groups) {
    const prepare = GROUPS[group.type]
    if (prepare === undefined) throw new Error(`${file.name}: nobody runs groups of type ${group.type}`)
    const run = await prepare(provider, group, file.name)
    for (const vector of group.tests) {
      const outcome = await run(vector).catch((cause: unknown) => {
        throw new Error(`${file.name}, case ${vector.tcId} (${vector.result})`, { cause })
      })
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
    }
  }
  return tally
}
