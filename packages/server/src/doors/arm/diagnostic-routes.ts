import {
  isFault,
  LOG_CATEGORIES,
  METRIC_CATEGORIES,
  type DiagnosticSetting,
} from '@claviger/vault'
import { shorten } from '../../rest/shorten.ts'
import { ArmRefusal } from './arm-refusal.ts'
import { diagnosticSettingBody, readDiagnosticSetting } from './diagnostic-body.ts'
import type { ArmReply, ArmRequest, ArmRoute } from './route.ts'

const SETTINGS = '/providers/Microsoft.Insights/diagnosticSettings'
const SETTING = `${SETTINGS}/:name`
const CATEGORIES = '/providers/Microsoft.Insights/diagnosticSettingsCategories'
const VAULT =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.KeyVault\/vaults\/([^/]+)$/i
const LONGEST_SHOWN = 256

interface Place {
  readonly vault: string
  readonly resourceId: string
}

const ok = (body: object): ArmReply => ({ status: 200, body })
const one = (setting: DiagnosticSetting): ArmReply => ok(diagnosticSettingBody(setting))
const nameOf = ({ params }: ArmRequest): string => params['name'] ?? ''

/**
 * Does something with the vault before the path; nothing else here has such settings.
 * @throws ArmRefusal
 */
async function onVault<Result>(
  { scope }: ArmRequest,
  work: (place: Place) => Promise<Result>,
): Promise<Result> {
  const vault = VAULT.exec(scope)?.[1]
  const shown = shorten(scope, LONGEST_SHOWN)
  if (vault === undefined) {
    throw new ArmRefusal(
      400,
      'ResourceTypeNotSupported',
      `The resource '${shown}' does not support diagnostic settings. Name a vault.`,
    )
  }
  try {
    return await work({ vault, resourceId: scope })
  } catch (thrown) {
    if (!isFault(thrown, 'VaultNotFound')) throw thrown
    const message = `The Resource '${shown}' was not found.`
    throw new ArmRefusal(404, 'ResourceNotFound', message)
  }
}

interface Category {
  readonly name: string
  readonly properties: object
}

/** The same for every vault; whoever may see its settings may see what they can choose from. */
const ALL_CATEGORIES: readonly Category[] = [
  ...Object.entries(LOG_CATEGORIES).map(([name, categoryGroups]) => ({
    name,
    properties: { categoryType: 'Logs', categoryGroups },
  })),
  ...METRIC_CATEGORIES.map((name) => ({
    name,
    properties: { categoryType: 'Metrics', categoryGroups: [] },
  })),
]

function categoryBody({ resourceId }: Place, { name, properties }: Category): object {
  return {
    id: `${resourceId}/providers/microsoft.insights/diagnosticSettingsCategories/${name}`,
    type: 'Microsoft.Insights/diagnosticSettingsCategories',
    name,
    kind: null,
    location: null,
    tags: null,
    identity: null,
    properties,
  }
}

/** Gives the categories to whoever may list the settings of the vault. */
async function categoriesOf(request: ArmRequest): Promise<Place> {
  const { vault, call } = request
  return await onVault(request, async (place) => {
    await vault.diagnostics.list(call, place)
    return place
  })
}

/** Where the audit of a vault also goes. */
export const DIAGNOSTIC_ROUTES: readonly ArmRoute[] = [
  {
    method: 'GET',
    path: SETTINGS,
    onScope: true,
    operations: ['diagnostics/list'],
    answer: async (request) => {
      const { vault, call } = request
      const listed = await onVault(request, (place) => vault.diagnostics.list(call, place))
      const value = listed
        .toSorted((left, right) => (left.name < right.name ? -1 : 1))
        .map(diagnosticSettingBody)
      return ok({ value })
    },
  },
  {
    method: 'GET',
    path: SETTING,
    onScope: true,
    operations: ['diagnostics/get'],
    answer: async (request) => {
      const { vault, call } = request
      const name = nameOf(request)
      return one(await onVault(request, (place) => vault.diagnostics.get(call, { ...place, name })))
    },
  },
  {
    method: 'PUT',
    path: SETTING,
    onScope: true,
    operations: ['diagnostics/set'],
    answer: async (request) => {
      const { vault, call, settings } = request
      const read = readDiagnosticSetting(request.body())
      const input = { ...read, name: nameOf(request), sinks: settings.auditSinks }
      return one(
        await onVault(request, (place) => vault.diagnostics.set(call, { ...place, ...input })),
      )
    },
  },
  {
    method: 'DELETE',
    path: SETTING,
    onScope: true,
    operations: ['diagnostics/delete'],
    outcomeStatus: { absent: 204 },
    answer: async (request) => {
      const { vault, call } = request
      const name = nameOf(request)
      const { existed } = await onVault(request, (place) =>
        vault.diagnostics.delete(call, { ...place, name }),
      )
      return { status: existed ? 200 : 204 }
    },
  },
  {
    method: 'GET',
    path: CATEGORIES,
    onScope: true,
    operations: ['diagnostics/list'],
    answer: async (request) => {
      const place = await categoriesOf(request)
      return ok({ value: ALL_CATEGORIES.map((category) => categoryBody(place, category)) })
    },
  },
  {
    method: 'GET',
    path: `${CATEGORIES}/:name`,
    onScope: true,
    operations: ['diagnostics/list'],
    answer: async (request) => {
      const place = await categoriesOf(request)
      const name = nameOf(request)
      const found = ALL_CATEGORIES.find((one) => one.name.toLowerCase() === name.toLowerCase())
      if (found !== undefined) return ok(categoryBody(place, found))
      const shown = shorten(name, LONGEST_SHOWN)
      const message = `The diagnostic settings category '${shown}' was not found.`
      throw new ArmRefusal(404, 'ResourceNotFound', message)
    },
  },
]
