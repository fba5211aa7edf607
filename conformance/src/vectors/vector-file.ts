import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { REPOSITORY } from '../machine/repository.ts'
import { type JsonObject, objectOf, textOf } from '../server/json.ts'

/** A test of a Wycheproof file with the members of its group that it needs. */
export interface Vector {
  readonly id: number
  readonly isValid: boolean
  readonly test: JsonObject
  readonly group: JsonObject
}

/** A checkout of C2SP/wycheproof has its files in `testvectors_v1`. */
const FOLDERS = ['wycheproof', 'testvectors_v1', '']

/** The folder that has the vectors, if there is one. */
export function vectorFolder(): string | undefined {
  const root = resolve(REPOSITORY, process.env['CLAVIGER_VECTORS_DIR'] ?? '../shared/vectors')
  return FOLDERS.map((name) => join(root, name)).find((folder) =>
    existsSync(join(folder, 'aes_gcm_test.json')),
  )
}

/**
 * The vectors of a file that say valid or invalid; what is merely acceptable demands nothing.
 * @param name without `_test.json`.
 * @throws Error when the folder lacks the file.
 */
export function readVectors(folder: string, name: string): readonly Vector[] {
  const file: unknown = JSON.parse(readFileSync(join(folder, `${name}_test.json`), 'utf8'))
  return listIn(objectOf(file), 'testGroups').flatMap((group) =>
    listIn(group, 'tests').flatMap((test): Vector[] => {
      const result = textOf(test, 'result')
      if (result !== 'valid' && result !== 'invalid') return []
      return [{ id: Number(test['tcId']), isValid: result === 'valid', test, group }]
    }),
  )
}

/** Octets of a member in hexadecimal; none where it is missing. */
export function hexIn(object: JsonObject, name: string): Buffer {
  return Buffer.from(textOf(object, name), 'hex')
}

function listIn(object: JsonObject, name: string): readonly JsonObject[] {
  const value = object[name]
  return Array.isArray(value) ? value.map(objectOf) : []
}
