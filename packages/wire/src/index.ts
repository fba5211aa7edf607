export * as azure from './azure/index.ts'
