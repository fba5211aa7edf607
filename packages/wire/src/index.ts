export * as alibaba from './alibaba/index.ts'
export * as azure from './azure/index.ts'
