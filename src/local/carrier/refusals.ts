/** A refusal in the API's own shape. */
export interface Refusal {
  status: number
  code: number
  message: string
}

const known: Readonly<Record<number, { status: number; message: string }>> = {
  20001: { status: 400, message: 'Parameter is not supported here' },
  20003: { status: 401, message: 'Authenticate' },
  20404: { status: 404, message: 'The requested resource was not found' },
  20429: { status: 429, message: 'Too Many Requests' },
  20500: { status: 500, message: 'Internal Server Error' },
  20503: { status: 503, message: 'Service Unavailable' },
  21211: { status: 400, message: "Invalid 'To' Phone Number" },
  21212: { status: 400, message: "Invalid 'From' Phone Number" },
  21408: { status: 400, message: 'Permission to send an SMS has not been enabled for the region' },
  21602: { status: 400, message: 'Message body is required.' },
  21603: { status: 400, message: "A 'From' phone number is required." },
  21604: { status: 400, message: "A 'To' phone number is required." },
  21606: {
    status: 400,
    message: "The 'From' phone number provided is not a valid message-capable phone number",
  },
  21609: { status: 400, message: "The 'StatusCallback' URL is not a valid URL." },
  21610: { status: 400, message: 'Attempt to send to unsubscribed recipient' },
  21611: { status: 429, message: "This 'From' number has exceeded the maximum number of queued messages" },
  21612: {
    status: 400,
    message: "Message cannot be sent with the current combination of 'To' and 'From' parameters",
  },
  21614: { status: 400, message: "'To' number is not a valid mobile number" },
  21617: { status: 400, message: 'The concatenated message body exceeds the 1600 character limit' },
  21624: { status: 400, message: 'Invalid ValidityPeriod value' },
  21705: { status: 400, message: 'The Messaging Service Sid is invalid' },
}

export function refuse(code: number, message?: string): Refusal {
  const entry = known[code] ?? { status: 400, message: `Error ${String(code)}` }
  return { status: entry.status, code, message: message ?? entry.message }
}

export function refusalBody(refusal: Refusal): string {
  return JSON.stringify({
    code: refusal.code,
    message: refusal.message,
    more_info: `https://www.twilio.com/docs/errors/${String(refusal.code)}`,
    status: refusal.status,
  })
}
