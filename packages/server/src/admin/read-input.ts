import { AdminError } from './admin-error.ts'

const MAXIMUM_CHARACTERS = 4096

/** All that comes, up to its end; more than a few lines are refused. */
export async function readInput(stream: AsyncIterable<unknown>): Promise<string> {
  const chunks: Buffer[] = []
  let octets = 0
  for await (const chunk of stream) {
    const bytes = Buffer.from(String(chunk))
    octets += bytes.byteLength
    if (octets > MAXIMUM_CHARACTERS) throw new AdminError('Standard input is too long.')
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}
