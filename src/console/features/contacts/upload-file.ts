import { ACCOUNT_HEADER, shownAccount } from '../../api/shown-account.js'

export interface UploadFault {
  message: string
  remedy: string
}

export type UploadResult = { ok: true; importId: string } | { ok: false; fault: UploadFault }

/** Sends a file as it is. Not `fetch`, which does not tell how far it is. */
export function uploadFile(file: File, onProgress: (share: number) => void): Promise<UploadResult> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', `/imports?fileName=${encodeURIComponent(file.name)}`)
    request.setRequestHeader('content-type', 'text/csv')
    const account = shownAccount()
    if (account !== undefined) request.setRequestHeader(ACCOUNT_HEADER, account)
    request.upload.onprogress = ({ loaded, total }) => {
      onProgress(total === 0 ? 0 : loaded / total)
    }
    request.onerror = () => {
      resolve(refused('The connection was lost during the upload.', 'Try again; nothing was imported.'))
    }
    request.onload = () => {
      resolve(readAnswer(request))
    }
    request.send(file)
  })
}

function readAnswer({ status, responseText }: XMLHttpRequest): UploadResult {
  try {
    const answer = JSON.parse(responseText) as { importId?: string; errors?: { message: string }[] }
    if (answer.importId !== undefined) return { ok: true, importId: answer.importId }
    return refused(answer.errors?.[0]?.message ?? `The server answered ${status}.`, 'Choose another file.')
  } catch {
    return refused(`The server answered ${status}.`, 'Try again.')
  }
}

function refused(message: string, remedy: string): UploadResult {
  return { ok: false, fault: { message, remedy } }
}
