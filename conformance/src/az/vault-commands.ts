import type { Az } from './az.ts'
import { equals, has, hasNot, hasOnly } from './expected-output.ts'

const GROUP = 'az-vaults'
const VAULT = 'az-first'
const PROTECTED = 'az-protected'
/** Created in another group first, so that its name is taken. */
const TAKEN = 'default'
const PURGE_PROTECTION = ['--enable-purge-protection', 'true']

/** Groups and vaults: made, shown, listed, changed, deleted, brought back and purged. */
export async function checkVaultCommands(az: Az): Promise<void> {
  await checkAccount(az)
  await checkGroups(az)
  await checkVaults(az)
  await checkBadVaults(az)
  await checkDeletedVaults(az)
  await checkPurgeProtection(az)
}

async function checkAccount(az: Az): Promise<void> {
  await az.gives(['account', 'show'], { environmentName: 'Claviger', state: 'Enabled' })
  await az.gives(['account', 'list'], [{ cloudName: 'Claviger', isDefault: true }])
  const provider = { namespace: 'Microsoft.KeyVault', registrationState: 'Registered' }
  await az.gives(['provider', 'show', '--namespace', 'Microsoft.KeyVault'], provider)
  await az.gives(['provider', 'register', '--namespace', 'Microsoft.KeyVault'])
}

async function checkGroups(az: Az): Promise<void> {
  const succeeded = { properties: { provisioningState: 'Succeeded' } }
  await az.gives(['group', 'exists', '--name', GROUP], equals(false))
  await az.refuses(['group', 'show', '--name', GROUP], /\(ResourceGroupNotFound\)/)
  const tags = { team: 'vaults' }
  await az.gives(
    ['group', 'create', '--name', GROUP, '--location', 'eastus', '--tags', 'team=vaults'],
    { name: GROUP, location: 'eastus', tags, ...succeeded },
  )
  await az.gives(['group', 'exists', '--name', GROUP.toUpperCase()], equals(true))
  await az.gives(['group', 'show', '--name', GROUP], { name: GROUP, ...succeeded })
  await az.gives(['group', 'list'], has('name', GROUP))
  await az.gives(['group', 'list', '--tag', 'team=vaults'], has('name', GROUP))
  const changed = { tags: { team: 'others' } }
  await az.gives(['group', 'update', '--name', GROUP, '--set', 'tags.team=others'], changed)
}

async function checkVaults(az: Az): Promise<void> {
  const named = ['--name', VAULT]
  const grouped = [...named, '--resource-group', GROUP]
  const created = {
    name: VAULT,
    location: 'eastus',
    type: 'Microsoft.KeyVault/vaults',
    tags: { kind: 'first' },
    properties: {
      // What today's az asks for unless told otherwise.
      enableRbacAuthorization: true,
      enableSoftDelete: true,
      softDeleteRetentionInDays: 7,
      provisioningState: 'Succeeded',
      sku: { name: 'premium', family: 'A' },
    },
  }
  await az.gives(
    [
      'keyvault', 'create', ...grouped, '--location', 'eastus', '--retention-days', '7',
      '--sku', 'premium', '--tags', 'kind=first',
    ],
    created,
  )
  await az.refuses(['keyvault', 'create', ...grouped], /already exists/)
  await az.gives(['keyvault', 'show', ...named], created)
  await az.gives(['keyvault', 'show', ...grouped], created)
  await az.gives(['keyvault', 'list'], has('name', VAULT, 'default'))
  await az.gives(['keyvault', 'list', '--resource-group', GROUP], hasOnly('name', VAULT))
  await az.gives(
    ['resource', 'list', '--resource-type', 'Microsoft.KeyVault/vaults', '--name', VAULT],
    [{ name: VAULT, type: 'Microsoft.KeyVault/vaults' }],
  )
  await az.gives(
    [
      'keyvault', 'update', ...named, '--enabled-for-deployment', 'true',
      '--set', 'tags.kind=second',
    ],
    { tags: { kind: 'second' }, properties: { enabledForDeployment: true } },
  )
  await az.gives(
    ['keyvault', 'update', ...named, '--enable-rbac-authorization', 'false'],
    { properties: { enableRbacAuthorization: false } },
  )
  await az.gives(['keyvault', 'check-name', '--name', 'hsm-of-nobody'], { nameAvailable: false })
}

async function checkBadVaults(az: Az): Promise<void> {
  const create = (name: string, ...more: readonly string[]): readonly string[] =>
    ['keyvault', 'create', '--name', name, '--resource-group', GROUP, ...more]
  await az.refuses(create(TAKEN), /\(VaultAlreadyExists\)/)
  await az.refuses(create('1-starts-with-a-digit'), /VaultNameNotValid|must be between 3-24/)
  for (const days of ['6', '91']) {
    await az.refuses(create('az-elsewhere', '--retention-days', days), /retention/i)
  }
  await az.refuses(
    ['keyvault', 'create', '--name', 'az-elsewhere', '--resource-group', 'no-such-group',
      '--location', 'eastus'],
    /\(ResourceGroupNotFound\)/,
  )
  await az.refuses(
    ['keyvault', 'show', '--name', 'az-nowhere', '--resource-group', GROUP],
    /\(ResourceNotFound\)/,
  )
  await az.refuses(['keyvault', 'delete', '--name', 'az-nowhere'], /not found/i)
}

async function checkDeletedVaults(az: Az): Promise<void> {
  const named = ['--name', VAULT]
  const location = ['--location', 'eastus']
  await az.gives(['keyvault', 'delete', ...named])
  await az.gives(['keyvault', 'list-deleted', '--resource-type', 'vault'], has('name', VAULT))
  await az.gives(['keyvault', 'show-deleted', ...named, ...location], {
    name: VAULT,
    properties: { location: 'eastus', tags: { kind: 'second' } },
  })
  await az.refuses(
    ['keyvault', 'create', ...named, '--resource-group', GROUP],
    /\(VaultAlreadyExists\)|\(ConflictError\)/,
  )
  await az.gives(['keyvault', 'recover', ...named], {
    name: VAULT,
    tags: { kind: 'second' },
    properties: { enabledForDeployment: true, softDeleteRetentionInDays: 7 },
  })
  await az.gives(['keyvault', 'delete', ...named, '--resource-group', GROUP])
  await az.gives(['keyvault', 'purge', ...named])
  await az.gives(['keyvault', 'list-deleted'], hasNot('name', VAULT))
  await az.refuses(['keyvault', 'purge', ...named], /No deleted Vault/)
  await az.gives(
    ['keyvault', 'create', ...named, '--resource-group', GROUP],
    { name: VAULT, properties: { softDeleteRetentionInDays: 90 } },
  )
}

async function checkPurgeProtection(az: Az): Promise<void> {
  const named = ['--name', PROTECTED]
  const isProtected = { properties: { enablePurgeProtection: true } }
  const create = ['keyvault', 'create', ...named, '--resource-group', GROUP, ...PURGE_PROTECTION]
  await az.gives(create, isProtected)
  await az.refuses(
    ['keyvault', 'update', ...named, '--enable-purge-protection', 'false'],
    /enablePurgeProtection/,
  )
  await az.refuses(
    ['keyvault', 'update', ...named, '--retention-days', '30'],
    /softDeleteRetentionInDays/,
  )
  // The group goes, and the vaults in it are deleted but not gone.
  await az.gives(['group', 'delete', '--name', GROUP, '--yes'])
  await az.gives(['group', 'exists', '--name', GROUP], equals(false))
  const deleted = ['keyvault', 'list-deleted', '--resource-type', 'vault']
  await az.gives(deleted, has('name', VAULT, PROTECTED))
  await az.refuses(['keyvault', 'purge', ...named], /\(MethodNotAllowed\)/)
  await az.gives(['group', 'create', '--name', GROUP, '--location', 'eastus'])
  await az.gives(['keyvault', 'recover', ...named], isProtected)
  await az.gives(['keyvault', 'purge', '--name', VAULT])
}
