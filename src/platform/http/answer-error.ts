import type { Response } from 'express'

/** An error in the form of GraphQL's, so that callers read one kind only. */
export function answerError(response: Response, status: number, code: string, message: string): void {
  if (status === 401) response.setHeader('www-authenticate', 'Bearer')
  response.status(status).json({ errors: [{ message, extensions: { code, retry: 'never' } }] })
}
