import { pipeline } from 'node:stream/promises'
import type { Response } from 'express'

/** Streams a file of any length as a download. Nobody keeps a copy on the way, because it is full of numbers or money. */
export async function sendFile(
  response: Response,
  file: { name: string; type: string },
  content: AsyncIterable<string>,
): Promise<void> {
  response.status(200).type(file.type)
  response.setHeader('content-disposition', `attachment; filename="${file.name}"`)
  response.setHeader('cache-control', 'no-store')
  try {
    await pipeline(content, response)
  } catch (error) {
    // A reader who hung up is nobody's fault. Anything else ends the connection, so that half a file never looks whole.
    if (!isHangUp(error)) throw error
  }
}

function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}
