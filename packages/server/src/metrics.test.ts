import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openPrimaryMetrics, openWorkerMetrics } from './metrics.ts'

const answered = { door: 'azure', method: 'GET', status: 404, seconds: 0.002, requestId: 'canary' }

test('answers are counted by door, method and class of status', async () => {
  const metrics = openWorkerMetrics()
  metrics.answered(answered)
  metrics.answered({ ...answered, status: 403 })
  metrics.challenged()
  metrics.inFlight(() => 3)
  const text = JSON.stringify(await metrics.collect())
  assert.match(text, /"value":2,"labels":\{"door":"azure","method":"GET","status":"4xx"\}/)
  assert.match(text, /claviger_http_requests_in_flight/)
  assert.ok(!text.includes('canary'))
})

test('a method that a client made up makes no series of its own', async () => {
  const metrics = openWorkerMetrics()
  metrics.answered({ ...answered, method: 'PROPFIND' })
  const text = JSON.stringify(await metrics.collect())
  assert.ok(!text.includes('PROPFIND'))
  assert.match(text, /OTHER/)
})

test('the primary shows health and group commits without any worker', async () => {
  const metrics = openPrimaryMetrics(() => [])
  metrics.healthy('store', true)
  metrics.healthy('audit', false)
  metrics.committed(32, 0.001)
  const text = await metrics.text()
  assert.match(text, /claviger_healthy\{part="store"\} 1/)
  assert.match(text, /claviger_healthy\{part="audit"\} 0/)
  assert.match(text, /claviger_commit_changes_sum 32/)
  assert.match(text, /claviger_workers 0/)
})

test('the delivery of the audit is counted for each sink', async () => {
  const { delivery, text } = openPrimaryMetrics(() => [])
  delivery.delivered('siem', 40)
  delivery.delivered('siem', 2)
  delivery.failed('archive')
  delivery.lag('archive', 7)
  const shown = await text()
  assert.match(shown, /claviger_audit_sink_delivered_total\{sink="siem"\} 42/)
  assert.match(shown, /claviger_audit_sink_failures_total\{sink="archive"\} 1/)
  assert.match(shown, /claviger_audit_sink_lag_entries\{sink="archive"\} 7/)
})
