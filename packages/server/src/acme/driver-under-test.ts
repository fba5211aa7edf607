import { systemCall, type DueOrder, type PendingCertificate } from '@claviger/vault'
import { memoryVault, type MemoryVault } from '@claviger/vault/testing'
import { openLog } from '../log.ts'
import { AcmeDriver, type AcmeDriverOptions, type OrderBook } from './acme-driver.ts'
import { AcmeServerUnderTest, DIRECTORY } from './acme-server-under-test.ts'
import type { Challenge, ChallengeSolver, ChallengeType } from './challenge.ts'

/** A driver between a vault in memory and a server behind `fetch`. */
export interface DriverUnderTest {
  readonly memory: MemoryVault
  readonly server: AcmeServerUnderTest
  readonly driver: AcmeDriver
  readonly http: SolverUnderTest
  readonly dns: SolverUnderTest
  readonly logged: readonly string[]
  /** Makes a certificate pending, for these names, and gives its order. */
  readonly order: (name: string, names?: readonly string[], cty?: string) => Promise<DueOrder>
  /** Places the order, and gives the operation as it is then. */
  readonly place: (order: DueOrder) => Promise<PendingCertificate>
}

/** Remembers what it was asked to put up. */
export class SolverUnderTest implements ChallengeSolver {
  readonly type: ChallengeType
  readonly presented: Challenge[] = []
  readonly cleaned: Challenge[] = []
  /** Before a proof is up. */
  hold: (challenge: Challenge, signal: AbortSignal) => Promise<void> = async () => undefined

  constructor(type: ChallengeType) {
    this.type = type
  }

  async present(challenge: Challenge, signal: AbortSignal): Promise<void> {
    await this.hold(challenge, signal)
    this.presented.push(challenge)
  }

  async cleanUp(challenge: Challenge): Promise<void> {
    this.cleaned.push(challenge)
  }
}

/** @param wrap puts something else in the place of what the vault keeps, such as one that fails. */
export async function driverUnderTest(
  changes: Partial<AcmeDriverOptions> = {},
  wrap: (orders: OrderBook) => OrderBook = (orders) => orders,
): Promise<DriverUnderTest> {
  const memory = await memoryVault()
  const { vault, administrator: call } = memory
  await vault.certificates.setIssuer(call, {
    issuer: { vault: 'default', name: 'le' },
    provider: 'ACME',
    organisationId: DIRECTORY,
    administrators: [{ email: 'admin@example.com' }],
  })
  const server = new AcmeServerUnderTest()
  const [http, dns] = [new SolverUnderTest('http-01'), new SolverUnderTest('dns-01')]
  const logged: string[] = []
  const driver = new AcmeDriver({
    orders: wrap(vault.certificates),
    call: (tenant) => systemCall('acme', tenant),
    solvers: { http, dns },
    directories: [DIRECTORY],
    log: openLog('debug', { write: (line) => logged.push(line) }),
    send: server.send,
    pace: { first: 1, longest: 1 },
    ...changes,
  })
  const pendingOf = (order: DueOrder): Promise<PendingCertificate> =>
    vault.certificates.getPending(call, { certificate: order.certificate })
  return {
    memory, server, driver, http, dns, logged,
    async order(name, names = [`${name}.example.com`], certificateType) {
      const certificate = { vault: 'default', name }
      await vault.certificates.create(call, {
        certificate,
        policy: {
          subject: '',
          alternativeNames: { dnsNames: names },
          keyType: 'EC',
          issuer: { name: 'le', ...(certificateType === undefined ? {} : { certificateType }) },
        },
      })
      return { tenant: memory.first.tenant.id, certificate }
    },
    async place(order) {
      driver.start(order)
      await driver.idle()
      return await pendingOf(order)
    },
  }
}
