import { missingParameter } from '../kms-refusal.ts'
import type { RequestParameters } from '../request-parameters.ts'
import { actionRow, type ACTIONS, type ActionName } from './actions.ts'
import type { Parameter, ParameterKind, ParameterValues, Presence } from './parameter.ts'
import { PARAMETER_READERS } from './parameter-readers.ts'
import { SentParameter } from './sent-parameter.ts'

/** The parameters of an action, typed by its row: present but for the optional ones. */
export type ActionParameters<Name extends ActionName> = ValuesOf<
  (typeof ACTIONS)[Name]['parameters']
>

type ValuesOf<Parameters> = {
  readonly [Name in keyof Parameters as Named<Parameters, Name, 'required' | 'defaulted'>]: ValueOf<
    Parameters[Name]
  >
} & {
  readonly [Name in keyof Parameters as Named<Parameters, Name, 'optional'>]?: ValueOf<
    Parameters[Name]
  >
}

type Named<Parameters, Name extends keyof Parameters, Where extends Presence> =
  Parameters[Name] extends Parameter<ParameterKind, Where> ? Name : never

type ValueOf<One> = One extends Parameter<infer Kind> ? ParameterValues[Kind] : never

/**
 * Reads what an action takes; other parameters are ignored.
 * @throws KmsRefusal MissingParameter, InvalidParameter
 */
export function readActionParameters<Name extends ActionName>(
  action: Name,
  sent: RequestParameters,
): ActionParameters<Name> {
  const values: Record<string, unknown> = {}
  for (const [name, row] of Object.entries(actionRow(action).parameters)) {
    const value = PARAMETER_READERS[row.kind](new SentParameter(name, row, sent)) ?? row.otherwise
    if (value !== undefined) values[name] = value
    else if (row.presence === 'required') throw missingParameter(name)
  }
  return values as ActionParameters<Name> // by the row, which is what the type is made of
}
