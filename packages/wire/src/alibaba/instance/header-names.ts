/** The client key that signs. Three c's: so the wire spells it, in every client and in errors. */
export const ACCESS_KEY_ID_HEADER = 'x-kms-acccesskeyid'
export const API_NAME_HEADER = 'x-kms-apiname'
export const API_VERSION_HEADER = 'x-kms-apiversion'
export const SIGNATURE_METHOD_HEADER = 'x-kms-signaturemethod'

/**
 * A KeyVersionId. In a request it names the version that a ciphertext without a header of its own
 * needs; in an answer clients look for it letter by letter, in lower case.
 */
export const KEY_VERSION_HEADER = 'x-kms-migrationkeyversionid'
