// Where the server starts: a supervisor, which runs the primary, which runs the workers. Nothing
// that another Node line could not load is imported before the version is known to be right.
import { ENVIRONMENT } from './environment.ts'
import { speaking, spokenWords } from './language/messages.ts'
import { nodeVersionProblem } from './process/node-version.ts'

const { words, language } = spokenWords(process.argv.slice(2), ENVIRONMENT)
const say = speaking(language)
const problem = nodeVersionProblem(process.versions.node, say)
if (problem !== undefined) {
  process.stderr.write(`claviger: ${problem}\n`)
  process.exit(78)
}
const { startAnswer } = await import('./process/start-words.ts')
const answer = startAnswer(words, say)
if (answer === undefined) {
  process.exitCode = await start()
} else {
  const { exitCode, text } = answer
  process.exitCode = exitCode
  if (exitCode === 0) process.stdout.write(text)
  else process.stderr.write(text)
}

async function start(): Promise<number> {
  const { entryFile } = await import('./process/entry-file.ts')
  const { supervise } = await import('./process/supervisor.ts')
  // The primary reads the settings and reports what is wrong with them; this process needs none.
  const entry = entryFile('process/primary-process', import.meta.url)
  return supervise(entry, async () => {
    const { openLog } = await import('./log.ts')
    return openLog('info')
  })
}
