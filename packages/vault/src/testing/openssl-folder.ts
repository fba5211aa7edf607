import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a test is skipped for where there is no `openssl` command. */
export const withOpenssl =
  spawnSync('openssl', ['version']).status === 0 ? {} : { skip: 'there is no openssl command' }

/** A folder for files that the `openssl` command reads and writes; removed in the end. */
export class OpensslFolder {
  readonly #path = mkdtempSync(join(tmpdir(), 'claviger-openssl-'))

  /** Writes a file and gives its path. */
  file(name: string, content: string | Uint8Array): string {
    const path = this.path(name)
    writeFileSync(path, content)
    return path
  }

  path(name: string): string {
    return join(this.#path, name)
  }

  /** What a command says, on both channels. @throws Error when it fails. */
  run(...command: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync('openssl', command, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`openssl ${command[0] ?? ''} failed: ${stdout}${stderr}`)
    return stdout + stderr
  }

  remove(): void {
    rmSync(this.#path, { recursive: true })
  }
}
