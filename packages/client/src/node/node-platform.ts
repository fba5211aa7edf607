import { readFile } from 'node:fs/promises'
import type { Fetch } from '../core/pipeline.ts'
import type { KmsPlatform, TlsTrust } from '../alibaba/kms-platform.ts'
import { nodeFetch } from './node-fetch.ts'
import { openPkcs12 } from './open-pkcs12.ts'

/** Transports that are kept; a program has one authority, or a few while it is renewed. */
const MOST_TRANSPORTS = 8

const transports = new Map<string, Fetch>()

/** What a `KmsClient` needs for files of client keys and for TLS options, on Node. */
export const nodePlatform: KmsPlatform = {
  fetchWith(trust: TlsTrust): Fetch {
    const { ca, ignoreSsl = false, connectTimeout } = trust
    const name = JSON.stringify([ca, ignoreSsl, connectTimeout])
    const known = transports.get(name)
    if (known !== undefined) return known
    const [oldest] = transports.keys()
    if (oldest !== undefined && transports.size >= MOST_TRANSPORTS) transports.delete(oldest)
    const made = nodeFetch(trust)
    transports.set(name, made)
    return made
  },
  readTextFile: (path) => readFile(path, 'utf8'),
  openPkcs12,
}
