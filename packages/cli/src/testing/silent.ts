import type { Surroundings } from '../surroundings.ts'

/** Surroundings in which nothing is asked, read or shown. */
export const silent: Surroundings = {
  environment: {},
  workingDirectory: '/',
  outIsTerminal: false,
  errIsTerminal: false,
  inputIsTerminal: true,
  out: () => undefined,
  err: () => undefined,
  input: () => {
    throw new TypeError('nothing is to be read')
  },
}
