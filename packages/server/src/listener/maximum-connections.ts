import { readFileSync } from 'node:fs'

/** More would fill the memory of a worker: each takes some tens of kilobytes. */
const LARGEST = 16_384
const SMALLEST = 16
/** For the store, the channel to the primary, files that are read now and then. */
const RESERVED_DESCRIPTORS = 128
/** A worker listens at a few addresses, and each counts for itself. */
const LISTENERS = 4

/**
 * How many connections a listener may hold, by the process's limit of open files. Beyond that limit
 * a connection that the primary hands over is lost with its message, and node:cluster waits for the
 * answer for ever: the worker would get no connection again.
 * @param limits as in proc(5), `/proc/<pid>/limits`; empty where there is no such file.
 */
export function maximumConnections(limits: string = ownLimits()): number {
  const descriptors = /^Max open files +(\d+)/m.exec(limits)?.[1]
  if (descriptors === undefined) return LARGEST
  const each = Math.floor((Number(descriptors) - RESERVED_DESCRIPTORS) / LISTENERS)
  return Math.min(LARGEST, Math.max(SMALLEST, each))
}

function ownLimits(): string {
  try {
    return readFileSync('/proc/self/limits', 'utf8')
  } catch {
    return ''
  }
}
