import type { Fetch, TokenCredential } from '@claviger/client/azure'

/** All that a command has of the machine around it; a test gives its own. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** What file names on the command line start from. */
  readonly workingDirectory: string
  /** Whether a person reads standard output: what is secret is not shown then. */
  readonly outIsTerminal: boolean
  readonly errIsTerminal: boolean
  readonly inputIsTerminal: boolean
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Standard input, up to its end. */
  readonly input: () => AsyncIterable<unknown>
  /** Who asks; what the environment says unless given. */
  readonly credential?: TokenCredential
  /** How requests leave; the client's own way unless given. */
  readonly fetch?: Fetch
  /** The addresses of a host; the system's own answer unless given. */
  readonly addressesOf?: (host: string) => Promise<readonly string[]>
}
