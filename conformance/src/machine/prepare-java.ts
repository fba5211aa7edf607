import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { prepareBuilt, runBuilder } from './built-programs.ts'
import { findProgram } from './find-program.ts'
import type { Found } from './machine.ts'

const SOURCES = fileURLToPath(new URL('../../java', import.meta.url))
const TARGET = fileURLToPath(new URL('../../.java', import.meta.url))

/** What Java's class path is for the programs in this folder. */
export function classPath(folder: string): string {
  return `${join(folder, 'classes')}:${join(folder, 'libraries')}/*`
}

/** The folder with the compiled programs and the libraries that pom.xml pins. */
export async function prepareJava(): Promise<Found> {
  const maven = findProgram('mvn')
  const compiler = findProgram('javac')
  if ('missing' in maven) return maven
  if ('missing' in compiler) return compiler
  const at = { cwd: SOURCES, limitSeconds: 240 }
  const build = async (): Promise<void> => {
    const libraries = join(TARGET, 'libraries')
    const fetch = ['dependency:copy-dependencies', `-DoutputDirectory=${libraries}`]
    const what = 'Maven did not give the pinned packages'
    await runBuilder(maven.path, ['--quiet', '--batch-mode', ...fetch], { ...at, what })
    const sources = readdirSync(SOURCES).filter((name) => name.endsWith('.java'))
    const into = ['-d', join(TARGET, 'classes'), '-cp', classPath(TARGET)]
    await runBuilder(compiler.path, [...into, ...sources], {
      ...at,
      what: 'javac did not compile the programs',
    })
  }
  return prepareBuilt({ sources: SOURCES, target: TARGET, build })
}
