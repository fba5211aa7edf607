/** The value of every secret of the bench, as long as many passwords and API keys are. */
export const SECRET_VALUE = 'bench-value-0123456789-0123456789-0123456789-0123456789-01234567'

/** What all of them say they are. */
export const CONTENT_TYPE = 'text/plain'
