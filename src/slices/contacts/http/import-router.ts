import { Router, type Request, type Response } from 'express'
import { parseId, type AccountId, type ImportId } from '../../../kernel/ids.js'
import { answerError } from '../../../platform/http/answer-error.js'
import { sendFile } from '../../../platform/http/send-file.js'
import { exportRejects } from '../export-rejects.js'
import { uploadImportFile, type ContactDeps } from '../upload-import-file.js'

/** Who is asking, from the request's own credential. */
export interface Uploader {
  accountId: AccountId
  /** Written into the import's history. */
  actor: string
  maySend: boolean
}

export interface ImportRouterDeps extends ContactDeps {
  /** Null: nobody, or nobody with an account. */
  identify: (request: Request) => Promise<Uploader | null>
}

const refusals = {
  'too-large': { status: 413, message: 'The file is larger than allowed.' },
  'empty-file': { status: 422, message: 'There is nothing in the file.' },
  spreadsheet: { status: 422, message: 'This is a spreadsheet. Save it as CSV and upload that.' },
  binary: { status: 422, message: 'This is not a text file.' },
} as const

/**
 * `POST /imports?fileName=people.csv` with the file itself as body answers `{ importId, sizeBytes }` for `startImport`;
 * `GET /imports/:importId/rejects.csv` streams the rejected rows. Both are for operators and owners, because the rows are
 * full of numbers, and outside GraphQL, because files of any size pass through here in pieces.
 */
export function importRouter(deps: ImportRouterDeps): Router {
  const router = Router()
  router.post('/imports', (request, response) => receiveFile(deps, request, response))
  router.get('/imports/:importId/rejects.csv', (request, response) => sendRejects(deps, request, response))
  return router
}

async function receiveFile(deps: ImportRouterDeps, request: Request, response: Response): Promise<void> {
  const uploader = await deps.identify(request)
  if (uploader?.maySend !== true) {
    refuseAccess(response, uploader)
    return
  }
  if (request.is('multipart/*') !== false) {
    answerError(response, 415, 'BAD_REQUEST', 'Send the file itself as the body, not as a form.')
    return
  }
  const { accountId, actor } = uploader
  const fileName = typeof request.query['fileName'] === 'string' ? request.query['fileName'] : ''
  try {
    const result = await uploadImportFile(deps, { accountId, actor, fileName, source: request })
    if (result.ok) {
      response.status(201).json({ importId: result.importId, sizeBytes: result.sizeBytes })
      return
    }
    // The rest of a refused body is not read; the connection ends with the answer.
    response.setHeader('connection', 'close')
    answerError(response, refusals[result.reason].status, result.reason, refusals[result.reason].message)
  } catch (error) {
    // A caller who hung up is nobody's fault and waits for no answer; the upload has removed itself.
    if (!request.readableAborted) throw error
  }
}

async function sendRejects(deps: ImportRouterDeps, request: Request, response: Response): Promise<void> {
  const reader = await deps.identify(request)
  if (reader?.maySend !== true) {
    refuseAccess(response, reader)
    return
  }
  const importId = parseId<ImportId>(String(request.params['importId']))
  const lines = importId === null ? null : await exportRejects(deps.db, reader.accountId, importId)
  if (lines === null) {
    answerError(response, 404, 'NOT_FOUND', 'There is no such import in this account.')
    return
  }
  const file = { name: `rejects-${importId ?? ''}.csv`, type: 'text/csv; charset=utf-8' }
  await sendFile(response, file, lines)
}

function refuseAccess(response: Response, uploader: Uploader | null): void {
  if (uploader === null) answerError(response, 401, 'UNAUTHENTICATED', 'Sign in first.')
  else answerError(response, 403, 'FORBIDDEN', 'This needs the role of an operator.')
}
