import type { Dispatcher } from 'undici'
import type { Clock } from '../../../kernel/clock.js'

/** A call that ended without an answer. `written` is false only when not one byte of the request can have left us. */
export class CarrierCallFailed extends Error {
  override readonly name = 'CarrierCallFailed'
  constructor(
    readonly reason: 'deadline' | 'timeout' | 'connection',
    readonly written: boolean,
    cause?: unknown,
  ) {
    super(`carrier call failed: ${reason}`, { cause })
  }
}

export interface CarrierAnswer {
  statusCode: number
  body: string
  headers: Record<string, string | string[] | undefined>
}

export interface CarrierCall {
  path: string
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  origin?: string
  headers: string[]
  body: string | null
  timeoutMs: number
  /** On the monotonic clock: past it the request is dropped instead of written. */
  sendBeforeMs?: number
}

type Controller = Dispatcher.DispatchController
type AnswerHeaders = CarrierAnswer['headers']

/**
 * One request, never repeated and never redirected. The dispatcher tells the moment at which it begins to write, which
 * is what makes "nothing was sent" a fact: an error or the deadline before that moment is certain, after it it is not.
 */
export class CallHandler implements Dispatcher.DispatchHandler {
  private controller: Controller | null = null
  private settled = false
  private statusCode = 0
  private headers: AnswerHeaders = {}
  private text: string | null = null
  private chunks: Buffer[] | null = null
  private readonly timer: NodeJS.Timeout

  constructor(
    private readonly call: CarrierCall,
    private readonly clock: Clock,
    private readonly resolve: (answer: CarrierAnswer) => void,
    private readonly reject: (error: CarrierCallFailed) => void,
  ) {
    this.timer = setTimeout(() => {
      this.fail('timeout')
    }, call.timeoutMs)
  }

  onRequestStart(controller: Controller): void {
    const sendBeforeMs = this.call.sendBeforeMs
    if (this.settled || (sendBeforeMs !== undefined && this.clock.monotonicMs() > sendBeforeMs)) {
      this.fail('deadline')
      controller.abort(new Error('too late to begin'))
      return
    }
    this.controller = controller
  }

  onResponseStart(_controller: Controller, statusCode: number, headers: AnswerHeaders): void {
    this.statusCode = statusCode
    this.headers = headers
  }

  onResponseData(_controller: Controller, chunk: Buffer): void {
    // Nearly every answer comes in one piece.
    if (this.text === null) this.text = chunk.toString('utf8')
    if (this.chunks) this.chunks.push(chunk)
    else this.chunks = [chunk]
  }

  onResponseEnd(): void {
    if (this.settled) return
    this.settled = true
    clearTimeout(this.timer)
    const chunks = this.chunks
    const body =
      chunks !== null && chunks.length > 1 ? Buffer.concat(chunks).toString('utf8') : (this.text ?? '')
    this.resolve({ statusCode: this.statusCode, body, headers: this.headers })
  }

  onResponseError(_controller: Controller, error: Error): void {
    this.fail('connection', error)
  }

  private fail(reason: CarrierCallFailed['reason'], cause?: unknown): void {
    if (this.settled) return
    this.settled = true
    clearTimeout(this.timer)
    this.reject(new CarrierCallFailed(reason, this.controller !== null, cause))
    if (reason === 'timeout') this.controller?.abort(new Error('carrier call timed out'))
  }
}

export function placeCall(dispatcher: Dispatcher, clock: Clock, call: CarrierCall): Promise<CarrierAnswer> {
  return new Promise((resolve, reject) => {
    const handler = new CallHandler(call, clock, resolve, reject)
    dispatcher.dispatch(
      {
        path: call.path,
        method: call.method,
        headers: call.headers,
        body: call.body,
        // Our own timer covers the whole call, the wait for a connection included.
        headersTimeout: 0,
        bodyTimeout: 0,
        ...(call.origin === undefined ? {} : { origin: call.origin }),
      },
      handler,
    )
  })
}
