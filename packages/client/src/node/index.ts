export { ClavigerError } from '../core/errors.ts'
