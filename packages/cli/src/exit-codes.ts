/** How `claviger` ends; scripts may rely on it. `run` ends as its command has ended. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  notAllowed: 4,
  unreachable: 5,
  conflict: 6,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
