/** A part of the report that a run of its own renews. */
export type Section = 'rows' | 'million' | 'clients'

const SECTIONS: readonly Section[] = ['rows', 'million', 'clients']

/**
 * Puts a section into the report in place of the one that was there; the other stays as it was.
 * @param document the report so far, empty when there is none.
 */
export function withSection(document: string, section: Section, text: string): string {
  const parts = SECTIONS.map((name) => {
    const content = name === section ? text.trim() : sectionOf(document, name)
    return content === undefined ? [] : [`${startOf(name)}\n\n${content}\n\n${endOf(name)}\n`]
  })
  return [HEAD, ...parts.flat()].join('\n')
}

function sectionOf(document: string, name: Section): string | undefined {
  const start = document.indexOf(startOf(name))
  const end = document.indexOf(endOf(name))
  if (start < 0 || end < start) return undefined
  return document.slice(start + startOf(name).length, end).trim()
}

function startOf(name: Section): string {
  return `<!-- bench ${name} -->`
}

function endOf(name: Section): string {
  return `<!-- end of bench ${name} -->`
}

const HEAD = `# Performance

Written by \`npm run bench -- --write\`, \`npm run bench -- --million --write\` and
\`npm run bench -- --clients --write\`; do not edit it by hand. Absolute figures belong to the machine
they were measured on; **the ratios are what to keep**.

How it is measured: the real server, with TLS, token check, access control, durable audit and
metrics on, and the load generator share one core; counted is the CPU time, user and system, of all
processes of the server (supervisor, primary, worker). Everything is measured in turn in interleaved
rounds. The client waits for nothing, so its latencies are those of a full core.

The **limit** of a row is measured in the same rounds on the same core. It is the sum of

- \`node:https\` by itself, answering the same method with the same status and as many octets, with a
  certificate of the same kind: no routing, no parsing, two headers;
- the cryptography of the operation with its key at hand: a signature, a check, an encryption, a key
  pair, or a key pair and one signature with it (of a certificate) by \`node:crypto\`, in process; of
  secrets, the records that are read are opened and those that are changed are sealed;
- where a request has a signature of its own (Alibaba Cloud KMS), its check with the key at hand: a
  verification with RSA, or what is signed put together from the parameters and its HMAC;
- the reads from the store, each a call of the project's own reader, in process; a row that changes
  something has none;
- a durable commit by the project's own writer, in process, 32 in one group: of the change with its
  audit entry, or of the entry alone. A request that leaves no entry has none.

Not in it, so what lies between limit and server: routing, the token, the decision about access,
parsing and rendering, the way from worker to primary and back, metrics, and the shape of a real
answer (eleven more headers).
`
