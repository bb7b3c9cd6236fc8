import { stringify } from 'node:querystring'
import twilio from 'twilio'
import type { CarrierAnswer, CarrierCall } from './carrier-call.js'

type SdkOptions = Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0]
type SdkAnswer = Awaited<ReturnType<InstanceType<typeof twilio.RequestClient>['request']>>
export type PlaceCall = (call: CarrierCall) => Promise<CarrierAnswer>

/** The carrier answered a create with anything but a message: the answer itself, for the classifier to judge. */
export class CarrierAnswered extends Error {
  override readonly name = 'CarrierAnswered'
  constructor(readonly answer: CarrierAnswer) {
    super(`carrier answered ${String(answer.statusCode)}`)
  }
}

export interface CreateClientOptions {
  place: PlaceCall
  /** Scheme, host and port of the API, without a slash at the end. */
  origin: string
  authorization: string
  timeoutMs: number
  sendBeforeMs: number
  /** Told with the headers of each success: the SDK leaves them out of what it returns. */
  onSuccess: (headers: CarrierAnswer['headers']) => void
}

/**
 * Carries creates for one credential. Everything that is the same for each call is made once here, since the sender's
 * processor time goes into this path. The SDK's own retries do not exist in it: one request() is one call.
 */
export class CreateRequestClient extends twilio.RequestClient {
  private readonly headers: string[]

  constructor(private readonly settings: CreateClientOptions) {
    super({ autoRetry: false, timeout: settings.timeoutMs })
    this.headers = headerList(settings.authorization)
  }

  override async request<TData>(options: SdkOptions): Promise<SdkAnswer & { body: TData }> {
    const { place, origin, timeoutMs, sendBeforeMs } = this.settings
    const path = options.uri.startsWith(origin) ? options.uri.slice(origin.length) : pathOf(options.uri)
    const body = stringify(options.data as Record<string, string>)
    const answer = await place({ path, method: 'POST', headers: this.headers, body, timeoutMs, sendBeforeMs })
    const created = answer.statusCode >= 200 && answer.statusCode < 300 ? parseObject(answer.body) : null
    if (created === null) throw new CarrierAnswered(answer)
    this.settings.onSuccess(answer.headers)
    // Only what a send needs: the SDK would parse three dates of each answer. Left out, they would count as now.
    const { sid, status, num_segments } = created
    const dates = { date_created: null, date_updated: null, date_sent: null }
    return {
      statusCode: answer.statusCode,
      body: { sid, status, num_segments, ...dates } as TData,
      headers: answer.headers,
    }
  }
}

/** Carries everything that is not a create: reads, lists, tokens. Remembers the carrier's request ids as evidence. */
export class ReadRequestClient extends twilio.RequestClient {
  readonly requestIds: string[] = []

  constructor(
    private readonly place: PlaceCall,
    private readonly authorization: string | null,
    private readonly timeoutMs: number,
  ) {
    super({ autoRetry: false, timeout: timeoutMs })
  }

  override async request<TData>(options: SdkOptions): Promise<SdkAnswer & { body: TData }> {
    const { origin, pathname, search } = new URL(options.uri)
    const query = options.params === undefined ? '' : stringify(options.params as Record<string, string>)
    const path = query === '' ? pathname + search : `${pathname}${search === '' ? '?' : `${search}&`}${query}`
    const body = options.data === undefined ? null : stringify(options.data as Record<string, string>)
    const answer = await this.place({
      origin,
      path,
      method: options.method.toUpperCase() as CarrierCall['method'],
      headers: headerList(this.authorization),
      body,
      timeoutMs: this.timeoutMs,
    })
    const requestId = answer.headers['twilio-request-id']
    if (typeof requestId === 'string') this.requestIds.push(requestId)
    return { statusCode: answer.statusCode, body: answer.body as TData, headers: answer.headers }
  }
}

/** Creates leave the address as it is: there is no region or edge to work into it, which the SDK does for each call. */
export class LeanTwilio extends twilio.Twilio {
  override request(
    options: Parameters<InstanceType<typeof twilio.Twilio>['request']>[0],
  ): Promise<SdkAnswer> {
    return this.httpClient.request(options as SdkOptions)
  }
}

function headerList(authorization: string | null): string[] {
  const headers = ['content-type', 'application/x-www-form-urlencoded', 'accept', 'application/json']
  headers.push(
    'accept-charset',
    'utf-8',
    'user-agent',
    `tollgate (twilio-node) node/${process.versions.node}`,
  )
  if (authorization !== null) headers.push('authorization', authorization)
  return headers
}

function pathOf(uri: string): string {
  const { pathname, search } = new URL(uri)
  return pathname + search
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}
