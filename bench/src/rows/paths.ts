/** Different paths that a load generator is given at most; it takes one by chance each time. */
export const PATHS = 20_000
