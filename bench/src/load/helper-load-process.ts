// The program of `helper-load.ts`.
import { Agent, request } from 'node:https'
import { answerQuestions } from '../machine/answer-questions.ts'
import { percentile } from '../statistics.ts'
import type { LoadCounts, LoadPlan } from './load.ts'

const MILLISECONDS_PER_SECOND = 1000

async function run(plan: LoadPlan): Promise<LoadCounts> {
  // The bench talks to servers that it has started itself, by an address their names may lack.
  const maxSockets = plan.connections
  const agent = new Agent({ keepAlive: true, maxSockets, rejectUnauthorized: false })
  const latencies: number[] = []
  const counts = { refused: 0, lost: 0, wrong: 0 }
  const startedAt = performance.now()
  const endsAt = startedAt + plan.seconds * MILLISECONDS_PER_SECOND
  const { paths, once } = plan.request
  let sent = 0
  const nextPath = (): string => {
    const index = once === true ? sent : Math.floor(Math.random() * paths.length)
    sent += 1
    return paths[index % paths.length] ?? '/'
  }
  const connection = async (): Promise<void> => {
    while (performance.now() < endsAt) {
      const sentAt = performance.now()
      const status = await send(agent, plan, nextPath()).catch(() => 0)
      latencies.push(performance.now() - sentAt)
      if (status === 0) counts.lost += 1
      else if (status !== plan.request.status) counts.wrong += 1
    }
  }
  await Promise.all(Array.from({ length: plan.connections }, connection))
  const seconds = (performance.now() - startedAt) / MILLISECONDS_PER_SECOND
  agent.destroy()
  return {
    requests: latencies.length,
    seconds,
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
    ...counts,
  }
}

function send(agent: Agent, plan: LoadPlan, path: string): Promise<number> {
  const { method, body } = plan.request
  const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
  const headers = { ...plan.headers, ...length }
  return new Promise((resolve, reject) => {
    const options = { method, host: '127.0.0.1', port: plan.port, path, agent, headers }
    const sent = request(options, (answer) => {
      answer.resume()
      answer.once('error', reject)
      answer.once('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

answerQuestions(run)
