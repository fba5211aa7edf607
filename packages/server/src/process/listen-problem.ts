import { StartError } from './start-error.ts'

/** Says in words why an address could not be listened on; gives anything else back as it is. */
export function listenProblem(thrown: unknown, address: string, variable: string): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown) || typeof thrown.code !== 'string') {
    return thrown
  }
  switch (thrown.code) {
    case 'EADDRINUSE':
      return new StartError(
        `Another program already listens on ${address}; stop it, or set ${variable} to another ` +
          `port. To see which it is, type: ss -ltnp 'sport = ${portOf(address)}'`,
        { takenPortOf: variable, mayPass: true },
      )
    case 'EACCES':
      return new StartError(
        `This user may not listen on ${address}; set ${variable} to a port of 1024 or more, ` +
          'or allow it: docs/how-to/run-as-a-service.md says how.',
      )
    case 'EADDRNOTAVAIL':
      return new StartError(
        `This machine does not have the address of ${address}; set CLAVIGER_HOST to one it has ` +
          '(to see them, type: ip address), or to 0.0.0.0 for all.',
      )
    default:
      return thrown
  }
}

/** `:8443` of `127.0.0.1:8443`. */
function portOf(address: string): string {
  return address.slice(address.lastIndexOf(':'))
}
