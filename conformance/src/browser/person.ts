import { randomBytes } from 'node:crypto'
import type { SuiteRun } from '../runner/suite-run.ts'
import { admin } from '../server/admin.ts'
import { textOf } from '../server/json.ts'
import type { TestServer } from '../server/test-server.ts'

/** Somebody who signs in by themselves. */
export interface Person {
  readonly id: string
  readonly userName: string
  readonly password: string
}

/** A user with a password, who may do everything here. @throws Error when a command failed. */
export async function newPerson(run: SuiteRun, server: TestServer, name: string): Promise<Person> {
  const userName = `${name}@example.com`
  const made = await admin(run, server, ['user', 'create', name, '--user-name', userName])
  const id = textOf(made, 'id')
  const password = `Correct-${randomBytes(12).toString('hex')}`
  server.plant('a password of a person', password)
  await admin(run, server, ['user', 'set-password', id], `${password}\n`)
  for (const role of ['Owner', 'Key Vault Administrator']) {
    const given = ['--role', role, '--assignee', id, '--scope', '/']
    await admin(run, server, ['role-assignment', 'create', ...given])
  }
  return { id, userName, password }
}
