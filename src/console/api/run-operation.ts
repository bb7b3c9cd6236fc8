import { SessionDocument, SwitchAccountDocument } from '../generated/graphql.js'
import { hashOf, persisted, type AnyOperation, type Operation } from './operation.js'
import { reportSession } from './session-news.js'
import { ACCOUNT_HEADER, shownAccount } from './shown-account.js'

const DEADLINE_MS = 30_000
const UNAUTHENTICATED = 401

interface Answer<Result> {
  data?: Result | null
  errors?: Fault[]
}

interface Fault {
  message: string
  extensions?: { code?: string; retry?: string; requestId?: string }
}

/** Of the person, and of no account: by these a page that was left behind finds back. */
const personal = new Set([SessionDocument, SwitchAccountDocument].map(hashOf))

/** The server answered with an error, or not at all. Expected refusals are data, not this. */
export class OperationFailed extends Error {
  override readonly name = 'OperationFailed'
  constructor(
    message: string,
    readonly code: string,
    readonly requestId: string | null = null,
    /** The server would answer the same again. */
    readonly isLasting = false,
  ) {
    super(message)
  }
}

/** Runs a query or a mutation and returns its data. Throws OperationFailed and nothing else. */
export async function runOperation<Result, Variables>(
  operation: Operation<Result, Variables>,
  variables: Variables,
  signal?: AbortSignal,
): Promise<Result> {
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  let response: Response
  try {
    response = await fetch('/graphql', {
      method: 'POST',
      headers: headersFor(operation),
      body: JSON.stringify({ extensions: persisted(operation), variables }),
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
    })
  } catch (error) {
    if (signal?.aborted === true) throw error
    throw new OperationFailed('The server does not answer. Check the connection and try again.', 'OFFLINE')
  }
  if (response.status === UNAUTHENTICATED) reportSession('ended')
  const answer = await readAnswer<Result>(response)
  const [fault] = answer.errors ?? []
  if (fault !== undefined) throw failureOf(fault)
  if (answer.data == null) throw new OperationFailed('The server sent nothing.', 'INTERNAL')
  return answer.data
}

function headersFor(operation: AnyOperation): Record<string, string> {
  const account = personal.has(hashOf(operation)) ? undefined : shownAccount()
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(account === undefined ? {} : { [ACCOUNT_HEADER]: account }),
  }
}

function failureOf({ message, extensions = {} }: Fault): OperationFailed {
  const { code = 'INTERNAL', retry, requestId = null } = extensions
  if (code === 'ACCOUNT_CHANGED') reportSession('changed')
  return new OperationFailed(message, code, requestId, retry === 'never' && code !== 'INTERNAL')
}

async function readAnswer<Result>(response: Response): Promise<Answer<Result>> {
  try {
    return (await response.json()) as Answer<Result>
  } catch {
    throw new OperationFailed(`The server answered ${response.status} without words.`, 'INTERNAL')
  }
}
