import { AsyncLocalStorage } from 'node:async_hooks'

export interface RequestScope {
  readonly requestId: string
}

const current = new AsyncLocalStorage<RequestScope>()

/** Runs the work of one request, so that code far from it can name the request in what it reports. */
export function runInRequest<Result>(scope: RequestScope, work: () => Result): Result {
  return current.run(scope, work)
}

/** The id of the request being worked on, or `none` outside any. */
export function currentRequestId(): string {
  return current.getStore()?.requestId ?? 'none'
}
