import { type Behaviour, failure, listed, quickly } from './behaviour.ts'

const notBefore = new Date('2020-01-01T00:00:00Z')
const expiresOn = new Date('2037-12-31T23:59:59Z')

/** What is done with secrets. */
export const SECRET_BEHAVIOURS: readonly Behaviour[] = [
  {
    what: 'a secret is set, read and read by its version',
    run: async ({ secrets, prefix }) => {
      const set = await secrets.setSecret(`${prefix}-first`, 'a value')
      const { version = '' } = set.properties
      return [
        set,
        await secrets.getSecret(`${prefix}-first`),
        await secrets.getSecret(`${prefix}-first`, { version }),
      ]
    },
  },
  {
    what: 'a secret keeps its content type, tags and dates',
    run: async ({ secrets, prefix }) => {
      const tags = { team: 'blå', empty: '' }
      const options = { contentType: 'text/plain', tags, notBefore, expiresOn, enabled: true }
      return [
        await secrets.setSecret(`${prefix}-attributes`, 'a value', options),
        await secrets.getSecret(`${prefix}-attributes`),
      ]
    },
  },
  {
    what: 'values of many scripts, and none, are kept exactly',
    run: async ({ secrets, prefix }) => {
      const values = ['', 'ключ 钥匙 🔑 \u0000 "quoted" \\ \r\n', 'x'.repeat(25_000)]
      const read: (string | undefined)[] = []
      for (const value of values) {
        await secrets.setSecret(`${prefix}-values`, value)
        read.push((await secrets.getSecret(`${prefix}-values`)).value)
      }
      return [read, read.every((value, index) => value === values[index])]
    },
  },
  {
    what: 'what a version has beside its value is changed',
    run: async ({ secrets, prefix }) => {
      const { properties } = await secrets.setSecret(`${prefix}-changed`, 'a value')
      const { version = '' } = properties
      const changed = await secrets.updateSecretProperties(`${prefix}-changed`, version, {
        contentType: 'text/other',
        tags: { a: 'b' },
        enabled: false,
      })
      const refused = await failure(secrets.getSecret(`${prefix}-changed`))
      return [changed, refused]
    },
  },
  {
    what: 'secrets and their versions are listed over pages',
    run: async ({ secrets, prefix }) => {
      for (let index = 0; index < 4; index += 1) {
        await secrets.setSecret(`${prefix}-listed-${index}`, 'a value')
        await secrets.setSecret(`${prefix}-versions`, `value ${index}`)
      }
      const sizes: number[] = []
      const pages = secrets.listPropertiesOfSecretVersions(`${prefix}-versions`)
      for await (const page of pages.byPage({ maxPageSize: 3 })) sizes.push(page.length)
      return [
        await listed(secrets.listPropertiesOfSecrets(), `${prefix}-listed`),
        await listed(secrets.listPropertiesOfSecretVersions(`${prefix}-versions`), prefix),
        sizes,
      ]
    },
  },
  {
    what: 'a secret is deleted, found, listed, recovered and purged',
    run: async ({ secrets, prefix }) => {
      const name = `${prefix}-deleted`
      await secrets.setSecret(name, 'a value', { tags: { a: 'b' } })
      const deleting = await secrets.beginDeleteSecret(name, quickly)
      const begun = deleting.getOperationState()
      const deleted = await deleting.pollUntilDone()
      const found = await secrets.getDeletedSecret(name)
      const all = await listed(secrets.listDeletedSecrets(), name)
      const refused = [
        await failure(secrets.setSecret(name, 'another')),
        await failure(secrets.getSecret(name)),
      ]
      const recovering = await secrets.beginRecoverDeletedSecret(name, quickly)
      const { id, tags } = await recovering.pollUntilDone()
      await (await secrets.beginDeleteSecret(name, quickly)).pollUntilDone()
      await secrets.purgeDeletedSecret(name)
      const purged = await failure(secrets.getDeletedSecret(name))
      return { isStarted: begun.isStarted, deleted, found, all, refused, id, tags, purged }
    },
  },
  {
    what: 'a secret that is not deleted is recovered at once',
    run: async ({ secrets, prefix }) => {
      await secrets.setSecret(`${prefix}-there`, 'a value')
      const poller = await secrets.beginRecoverDeletedSecret(`${prefix}-there`, quickly)
      return [poller.isDone(), (await poller.pollUntilDone()).name]
    },
  },
  {
    what: 'a secret is backed up and restored',
    run: async ({ secrets, prefix }) => {
      const name = `${prefix}-backup`
      await secrets.setSecret(name, 'a value', { tags: { a: 'b' } })
      const backup = (await secrets.backupSecret(name)) ?? new Uint8Array()
      const refused = await failure(secrets.restoreSecretBackup(backup))
      await (await secrets.beginDeleteSecret(name, quickly)).pollUntilDone()
      await secrets.purgeDeletedSecret(name)
      return [refused, await secrets.restoreSecretBackup(backup), await secrets.getSecret(name)]
    },
  },
  {
    what: 'what cannot be is refused',
    run: async ({ secrets, prefix }) => [
      await failure(secrets.getSecret(`${prefix}-nothing`)),
      await failure(secrets.getSecret(`${prefix}-first`, { version: 'f'.repeat(32) })),
      await failure(secrets.getSecret(`${prefix}-first`, { version: 'no version' })),
      await failure(secrets.setSecret('under_score', 'a value')),
      await failure(secrets.setSecret(`${prefix}-large`, 'x'.repeat(30_000))),
      await failure(secrets.setSecret(`${prefix}-type`, 'x', { contentType: 'y'.repeat(300) })),
      await failure(secrets.updateSecretProperties(`${prefix}-nothing`, '', { enabled: true })),
      await failure(secrets.beginDeleteSecret(`${prefix}-nothing`)),
      await failure(secrets.beginRecoverDeletedSecret(`${prefix}-nothing`)),
      await failure(secrets.purgeDeletedSecret(`${prefix}-nothing`)),
      await failure(secrets.getDeletedSecret(`${prefix}-nothing`)),
      await failure(secrets.backupSecret(`${prefix}-nothing`)),
      await failure(secrets.restoreSecretBackup(new TextEncoder().encode('no backup'))),
    ],
  },
]
