import { fileURLToPath } from 'node:url'

/** The root of this repository's work tree, with a trailing slash. */
export const REPOSITORY = fileURLToPath(new URL('../../../', import.meta.url))

/** The folder of the Python programs, with a trailing slash. */
export const PYTHON_PROGRAMS = fileURLToPath(new URL('../../python/', import.meta.url))
