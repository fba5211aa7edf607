/** Bits of an RSA modulus, made or imported. */
export const RSA_BITS: readonly number[] = [2048, 3072, 4096]

/**
 * Public exponents of RSA. FIPS 186-5 §A.1.1 asks for more than 2^16, because small ones have made
 * many a faulty padding exploitable; 32 bits keep a verification cheap.
 */
export const RSA_EXPONENTS = { minimum: 65_537, maximum: 4_294_967_295 } as const

/** Bits of a symmetric key that is made. */
export const OCT_BITS: readonly number[] = [128, 192, 256]

/** Octets of a symmetric key that is imported. */
export const OCT_IMPORT_BYTES = { minimum: 1, maximum: 64 } as const

/**
 * Octets of a key of type HMAC, made or imported: at least the 128 bits of strength that are usual,
 * at most a block of the longest hash, beyond which the key would be hashed first (RFC 2104 §2).
 */
export const HMAC_BYTES = { minimum: 16, maximum: 128 } as const
