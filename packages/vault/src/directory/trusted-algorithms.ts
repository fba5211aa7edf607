/** What tokens of other issuers may be signed with: asymmetric ones alone, with HS* a public key would sign. */
export const TRUSTED_ALGORITHMS: readonly string[] = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
]
