export const API_VERSION = 'dkms-gcs-0.2'

export const SIGNATURE_METHOD = 'RSA_PKCS1_SHA_256'

/** Of requests and answers, errors among them. */
export const CONTENT_TYPE = 'application/x-protobuf'

/** The largest body of a request; the gateway answers 413 above it. */
export const BODY_MAX_BYTES = 3 * 1024 * 1024

/** How far the date of a request may be from the server's clock, either way. */
export const CLOCK_SKEW_SECONDS = 15 * 60
