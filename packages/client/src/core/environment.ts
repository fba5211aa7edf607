interface Process {
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly versions?: Readonly<Record<string, string | undefined>>
  readonly platform?: string
  readonly getBuiltinModule?: (name: string) => unknown
}

/** The process around this code; a browser and an edge worker have none. */
function surroundings(): Process {
  return (globalThis as { readonly process?: Process }).process ?? {}
}

/** Whether this is a browser, which says itself who asks, and asks others about each header. */
export function isBrowser(): boolean {
  return runtimeName()?.startsWith('Mozilla/') === true
}

/** What a runtime calls itself, such as `Node.js/26` or `Cloudflare-Workers`; older ones nothing. */
function runtimeName(): string | undefined {
  const { navigator } = globalThis as { readonly navigator?: { readonly userAgent?: string } }
  return navigator?.userAgent
}

/** The environment variables; none where the runtime has no such thing. */
export function environment(): Readonly<Record<string, string | undefined>> {
  return surroundings().env ?? {}
}

/** A module of Node's own; `undefined` in every other runtime, and in Node before 20.16. */
export function builtinModule(name: string): unknown {
  const { versions = {}, getBuiltinModule } = surroundings()
  const { node, deno, bun } = versions
  // Deno, Bun and edge workers have what they call so; their `fetch` is the better one.
  if (node === undefined || deno !== undefined || bun !== undefined) return undefined
  if (runtimeName()?.startsWith('Node.js/') === false) return undefined
  return getBuiltinModule?.(name)
}

/** A module of Node's own, where the runtime has it: Node from 20.16, Deno and Bun. */
export function moduleOfNode(name: string): unknown {
  return surroundings().getBuiltinModule?.(name)
}

/** The name of the operating system as Node has it; `undefined` where there is none. */
export function operatingSystem(): string | undefined {
  return surroundings().platform
}

/** Whether Node finds a file there; other runtimes are not asked, since they may ask a person. */
export async function fileOfNodeExists(path: string): Promise<boolean> {
  const files = builtinModule('node:fs/promises') as
    { readonly access: (path: string) => Promise<void> } | undefined
  try {
    await files?.access(path)
    return files !== undefined
  } catch {
    return false
  }
}

interface Files {
  readonly readFile: (path: string, encoding: 'utf8') => Promise<string>
  readonly stat: (path: string) => Promise<{ readonly size: number }>
}

/**
 * The text of a file, by the module that Node, Deno and Bun have built in. It is asked for by name
 * when it is needed, so that no bundler looks for it. @throws TypeError where there are no files,
 * RangeError for a file that is longer than any that is meant.
 */
export async function readTextFile(path: string, mostBytes = 1_048_576): Promise<string> {
  const files = moduleOfNode('node:fs/promises') as Files | undefined
  if (files === undefined) throw new TypeError('this runtime has no files')
  if ((await files.stat(path)).size > mostBytes) throw new RangeError('the file is too long')
  return files.readFile(path, 'utf8')
}
