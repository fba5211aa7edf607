import { faults } from '../doors/azure/faults.ts'

/** Renders `docs/reference/faults.md`: every fault with its status at the Azure door. */
export function faultsPage(): string {
  const rows = Object.entries(faults).map(([code, row]) => {
    const shown = typeof row.code === 'string' ? row.code : 'depends on the detail'
    return `| ${code} | ${row.status} | ${shown} |`
  })
  return [
    '# Faults',
    '',
    'Every refusal that an operation can make, by its name in the code and in the audit',
    '(`resultDescription`), and what the Azure door answers with. Messages say what to change; the texts',
    'stand in `packages/server/src/doors/azure/faults.ts`. Anything else that goes wrong is a defect:',
    '500 with a request id, and the cause in the log.',
    '',
    '| fault | status | error.code |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
