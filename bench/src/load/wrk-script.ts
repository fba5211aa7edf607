import type { LoadPlan } from './load.ts'

/** What `wrk-script.ts` makes wrk print last, and `wrk-load.ts` reads. */
export const RESULT_MARK = 'bench-result'

/**
 * The Lua program for wrk: the requests are ready before the first is sent, so that the generator
 * spends little, and one of them is taken by chance each time.
 */
export function wrkScript({ request, headers }: Pick<LoadPlan, 'request' | 'headers'>): string {
  const { method, paths, body } = request
  return [
    `local paths = {${paths.map(luaString).join(', ')}}`,
    `local headers = {${Object.entries(headers)
      .map(([name, value]) => `[${luaString(name)}] = ${luaString(value)}`)
      .join(', ')}}`,
    `local body = ${body === undefined ? 'nil' : luaString(body)}`,
    'local ready = {}',
    'function init()',
    '  math.randomseed(os.time())',
    '  for index, path in ipairs(paths) do',
    `    ready[index] = wrk.format(${luaString(method)}, path, headers, body)`,
    '  end',
    'end',
    'function request() return ready[math.random(#ready)] end',
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
export function luaString(text: string): string {
  const octets = Array.from(Buffer.from(text), (octet) => {
    const plain = octet >= 0x20 && octet < 0x7f && octet !== 0x22 && octet !== 0x5c
    return plain ? String.fromCharCode(octet) : `\\${String(octet).padStart(3, '0')}`
  })
  return `"${octets.join('')}"`
}
