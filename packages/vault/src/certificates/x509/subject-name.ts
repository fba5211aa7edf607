import type { Name } from '@peculiar/asn1-x509'
import { invalidInput } from '../../invalid-input.ts'
import { parseName } from './distinguished-name.ts'

/** The name of a policy's subject. @throws Fault InvalidInput when it is none. */
export function subjectName(subject: string): Name {
  const name = parseName(subject)
  if ('problem' in name) throw invalidInput('policy.x509_props.subject', name.problem)
  return name
}
