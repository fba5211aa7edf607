import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fetchJsonOver } from './fetch-json.ts'

/** Answers by URL and remembers what was asked. */
function far(answers: Record<string, () => Response>) {
  const asked: string[] = []
  const fetchJson = fetchJsonOver(async (input) => {
    const url = input instanceof Request ? input.url : input.toString()
    asked.push(url)
    const answer = answers[url]
    if (answer === undefined) throw new TypeError('unreachable')
    return answer()
  })
  return { fetchJson, asked }
}

function redirect(location: string): () => Response {
  return () => new Response(null, { status: 302, headers: { location } })
}

test('a document is fetched over https', async () => {
  const { fetchJson } = far({ 'https://sso.example/keys': () => Response.json({ keys: [] }) })
  assert.deepEqual(await fetchJson('https://sso.example/keys'), { keys: [] })
})

test('anything but https is refused before it is asked', async () => {
  const { fetchJson, asked } = far({})
  for (const url of [
    'http://sso.example/keys',
    'file:///etc/passwd',
    'x',
    'https://user:pass@sso.example/',
  ]) {
    await assert.rejects(fetchJson(url), TypeError)
  }
  assert.deepEqual(asked, [])
})

test('a redirect is followed on the same host and over https alone, and not for ever', async () => {
  const { fetchJson, asked } = far({
    'https://sso.example/a': redirect('/b'),
    'https://sso.example/b': () => Response.json(1),
    'https://sso.example/out': redirect('https://metadata.internal/'),
    'https://sso.example/plain': redirect('http://sso.example/b'),
    'https://sso.example/port': redirect('https://sso.example:8443/b'),
    'https://sso.example/loop': redirect('/loop'),
  })
  assert.equal(await fetchJson('https://sso.example/a'), 1)
  for (const path of ['out', 'plain', 'port', 'loop']) {
    await assert.rejects(fetchJson(`https://sso.example/${path}`), TypeError)
  }
  assert.ok(asked.every((url) => url.startsWith('https://sso.example/')))
})

test('what is too large, no JSON or no success is refused', async () => {
  const { fetchJson } = far({
    'https://sso.example/large': () => new Response(`"${'x'.repeat(300_000)}"`),
    'https://sso.example/html': () => new Response('<html>'),
    'https://sso.example/gone': () => new Response('{}', { status: 404 }),
    'https://sso.example/nowhere': () => new Response(null, { status: 302 }),
  })
  for (const path of ['large', 'html', 'gone', 'nowhere']) {
    await assert.rejects(fetchJson(`https://sso.example/${path}`))
  }
})
