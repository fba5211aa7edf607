import { Fault } from './fault.ts'

const NAME = /^[0-9a-zA-Z-]{1,127}$/
const VERSION = /^[0-9a-fA-F]{32}$/

/** 1 to 127 letters, digits and hyphens: the service's rule for names of objects. */
export function isObjectName(name: string): boolean {
  return NAME.test(name)
}

/** @throws Fault NameInvalid */
export function demandObjectName(name: string): void {
  if (!isObjectName(name)) throw new Fault('NameInvalid', { name })
}

/** One that cannot exist is not found, as with the service, whose programs ask for `abc123`. */
export function isVersion(version: string): boolean {
  return VERSION.test(version)
}
