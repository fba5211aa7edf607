/** The environment of this process, which no other file reads. */
export const ENVIRONMENT: Readonly<Record<string, string | undefined>> = process.env
