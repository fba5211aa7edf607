import type { LoadPlan } from './load.ts'

/** What `wrk-script.ts` makes wrk print last, and `wrk-load.ts` reads. */
export const RESULT_MARK = 'bench-result'

export type ScriptPlan = Pick<LoadPlan, 'request' | 'headers'> & {
  /** Of wrk; each runs the script by itself. */
  readonly threads: number
  /** The file that holds the paths, one a line; too many for a program's own text. */
  readonly pathsFile: string
}

/**
 * The Lua program for wrk. The requests are ready before the first is sent, so that the generator
 * spends little, and one of them is taken by chance each time; those that may be sent once are
 * dealt out to the threads in turn.
 */
export function wrkScript({ request, headers, threads, pathsFile }: ScriptPlan): string {
  const { method, body, once } = request
  return [
    `local headers = {${Object.entries(headers)
      .map(([name, value]) => `[${luaString(name)}] = ${luaString(value)}`)
      .join(', ')}}`,
    `local body = ${body === undefined ? 'nil' : luaString(body)}`,
    'local ready = {}',
    'local turn = 0',
    'function setup(thread)',
    "  thread:set('first', turn)",
    '  turn = turn + 1',
    'end',
    'function init()',
    '  math.randomseed(os.time())',
    '  local line = 0',
    `  for path in io.lines(${luaString(pathsFile)}) do`,
    `    if ${once === true ? `line % ${threads} == first` : 'true'} then`,
    `      ready[#ready + 1] = wrk.format(${luaString(method)}, path, headers, body)`,
    '    end',
    '    line = line + 1',
    '  end',
    'end',
    ...(once === true
      ? [
          'local sent = 0',
          'function request()',
          '  sent = sent + 1',
          '  return ready[(sent - 1) % #ready + 1]',
          'end',
        ]
      : ['function request() return ready[math.random(#ready)] end']),
    'function done(summary, latency)',
    '  local errors = summary.errors',
    `  io.write(string.format('${RESULT_MARK} %d %d %d %d %d %d %d\\n', summary.requests,`,
    '    summary.duration, latency:percentile(50), latency:percentile(99),',
    '    errors.connect, errors.read + errors.write + errors.timeout, errors.status))',
    'end',
    '',
  ].join('\n')
}

/** A Lua string literal; whatever could end it or start an escape is written as its octets. */
export function luaString(text: string | Uint8Array): string {
  const octets = Array.from(typeof text === 'string' ? Buffer.from(text) : text, (octet) => {
    const plain = octet >= 0x20 && octet < 0x7f && octet !== 0x22 && octet !== 0x5c
    return plain ? String.fromCharCode(octet) : `\\${String(octet).padStart(3, '0')}`
  })
  return `"${octets.join('')}"`
}
