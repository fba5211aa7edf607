import type { FetchJson } from '@claviger/vault'

const LARGEST_BYTES = 262_144
const TIMEOUT_MS = 5000
const MAXIMUM_REDIRECTS = 3

/**
 * Gets JSON from another issuer: https alone, no redirect to another host, 256 KiB and five seconds
 * at most.
 * @param send the runtime's `fetch`; tests give their own.
 */
export function fetchJsonOver(send: typeof fetch = fetch): FetchJson {
  return async (url) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    let target = httpsUrl(url)
    for (let redirects = 0; redirects <= MAXIMUM_REDIRECTS; redirects++) {
      const response = await send(target, {
        redirect: 'manual',
        signal,
        headers: { Accept: 'application/json' },
      })
      const location = response.headers.get('location')
      if (response.status >= 300 && response.status < 400 && location !== null) {
        await response.body?.cancel()
        target = sameHost(target, location)
        continue
      }
      if (response.status !== 200) {
        await response.body?.cancel()
        throw new TypeError('the issuer did not answer with a document')
      }
      return JSON.parse(await readBounded(response))
    }
    throw new TypeError('the issuer redirects too often')
  }
}

function httpsUrl(text: string): URL {
  const url = new URL(text)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new TypeError('an issuer is asked over https alone')
  }
  return url
}

function sameHost(from: URL, location: string): URL {
  const url = httpsUrl(new URL(location, from).href)
  if (url.host !== from.host) throw new TypeError('the issuer redirects to another host')
  return url
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength
    if (length > LARGEST_BYTES) throw new TypeError('the issuer’s document is too large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
