import type { Az } from '../az/az.ts'
import type { ClientOptions } from '../server/client-shell.ts'
import { startForBrowser, startForCode, type WaitingProgram } from './waiting-program.ts'

/** `az login`, which opens the browser. */
export function logInByBrowser(
  az: Az,
  more: readonly string[] = [],
): Promise<WaitingProgram> {
  return startForBrowser(az.run, [az.program, 'login', ...more], optionsOf(az))
}

/** `az login --use-device-code`. */
export function logInByDeviceCode(az: Az): Promise<WaitingProgram> {
  const message = /open the page (\S+) .*enter the code ([A-Z0-9-]+)/
  return startForCode(az.run, [az.program, 'login', '--use-device-code'], optionsOf(az), message)
}

function optionsOf({ server, variables }: Az): ClientOptions {
  return { sourced: [server.file('connect.env')], variables }
}
