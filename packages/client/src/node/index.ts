export { ClavigerError } from '../core/errors.ts'
export { nodeFetch, type NodeTlsOptions } from './node-fetch.ts'
export { nodePlatform } from './node-platform.ts'
