// The program of `bare-server.ts`.
import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import { answerQuestions } from '../machine/answer-questions.ts'

/** To listen, or to answer differently from now on. */
export type BareQuestion =
  | { readonly certificate: string; readonly key: string }
  | { readonly status: number; readonly bodyBytes: number }

export interface BareAnswer {
  readonly port: number
}

let server: Server | undefined
let status = 200
let body = ''

async function answer(question: BareQuestion): Promise<BareAnswer> {
  if ('certificate' in question) server = await listen(question.certificate, question.key)
  else {
    status = question.status
    body = 'x'.repeat(question.bodyBytes)
  }
  const address = server?.address()
  return { port: typeof address === 'object' && address !== null ? address.port : 0 }
}

async function listen(cert: string, key: string): Promise<Server> {
  const started = createServer({ cert, key }, (request, response) => {
    const respond = (): void => {
      response.writeHead(status, {
        'content-type': 'application/json; charset=utf-8',
        'content-length': body.length,
      })
      response.end(body)
    }
    if (request.method === 'GET') return respond()
    request.on('end', respond)
    request.resume()
  })
  started.listen(0, '127.0.0.1')
  await once(started, 'listening')
  return started
}

answerQuestions(answer)
