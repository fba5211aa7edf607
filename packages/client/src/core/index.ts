export type { AbortSignalLike } from './abortable.ts'
export {
  AccessDeniedError,
  AuthenticationError,
  BadRequestError,
  ClavigerError,
  ConflictError,
  ConnectionError,
  CredentialUnavailableError,
  ResourceNotFoundError,
  ServiceUnavailableError,
  ThrottledError,
  TimeoutError,
  UnexpectedAnswerError,
} from './errors.ts'
export type { ErrorDetail } from './errors.ts'
export type { PagedAsyncIterableIterator, Page, PageSettings } from './paging.ts'
export type { Fetch, OperationOptions, PipelineOptions } from './pipeline.ts'
export { Poller } from './poller.ts'
export type { PollerOptions, PollOperationState } from './poller.ts'
export type { RetryOptions } from './retry.ts'
export type { UserAgentOptions } from './user-agent.ts'
