import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { searchPath } from '../machine/find-program.ts'
import { withHostLines } from './hosts.ts'

const PATH = searchPath().join(':')

/**
 * The arguments of unshare(1) that give a network and a mount table of our own, `undefined` where
 * the kernel or the user may not. Inside, every port is free and /etc/hosts is ours alone.
 */
export function namespaceArguments(): readonly string[] | undefined {
  const own = ['--mount', '--net']
  const forms = [own, ['--user', '--map-root-user', ...own]]
  return forms.find((form) => {
    // The probe does what the runner does later: some sandboxes allow the first half only.
    const probe = 'mount --bind /etc/hostname /etc/hosts'
    const { status } = spawnSync('unshare', [...form, '--', 'sh', '-c', probe], {
      env: { PATH },
      stdio: 'ignore',
    })
    return status === 0
  })
}

/**
 * Makes the namespace this process stands in usable: loopback up and our names in /etc/hosts.
 * @throws Error when one of both does not work.
 */
export function furnishNamespace(): void {
  raiseLoopback()
  const folder = mkdtempSync(join(tmpdir(), 'claviger-hosts-'))
  const file = join(folder, 'hosts')
  writeFileSync(file, withHostLines(readFileSync('/etc/hosts', 'utf8')), { mode: 0o644 })
  execFileSync('mount', ['--bind', file, '/etc/hosts'], { env: { PATH } })
  // The mount keeps the file alive; its name is no longer needed.
  rmSync(folder, { recursive: true })
}

/** netdevice(7): SIOCGIFFLAGS, then SIOCSIFFLAGS with IFF_UP; for machines without iproute2. */
const RAISE_LOOPBACK = `
import fcntl, socket, struct
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    request = bytearray(struct.pack('16sh22x', b'lo', 0))
    fcntl.ioctl(s, 0x8913, request)
    flags, = struct.unpack_from('h', request, 16)
    fcntl.ioctl(s, 0x8914, struct.pack('16sh22x', b'lo', flags | 1))
`

function raiseLoopback(): void {
  const env = { PATH }
  const ways = [
    ['ip', 'link', 'set', 'lo', 'up'],
    ['ifconfig', 'lo', 'up'],
    ['python3', '-c', RAISE_LOOPBACK],
  ] as const
  const raised = ways.some(
    ([command, ...args]) => spawnSync(command, args, { env, stdio: 'ignore' }).status === 0,
  )
  if (!raised) {
    throw new Error('Loopback could not be brought up: install iproute2, net-tools or python3.')
  }
}
