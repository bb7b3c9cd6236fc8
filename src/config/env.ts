import { z } from 'zod'

const optionalText = z
  .string()
  .optional()
  .transform((text) => (text === undefined || text.trim() === '' ? undefined : text.trim()))
/** Paths are put behind it as they are. */
const optionalBaseUrl = optionalText.pipe(
  z
    .url({ protocol: /^https?$/, error: 'needs an address with http:// or https://' })
    .refine((url) => !/[?#]/.test(url), 'needs an address without ? and #')
    .optional(),
)
const seconds = (fallback: number) => z.coerce.number().positive().default(fallback)
const count = (fallback: number) => z.coerce.number().int().positive().default(fallback)

const segmentsPerSecond = optionalText.pipe(
  z
    .union([z.literal('unlimited'), z.string().transform(Number).pipe(z.number().positive().max(100_000))])
    .optional(),
)

/** Every variable that the program reads, its type and its default. `.env.example` documents each. */
const envSchema = z.object({
  NODE_ENV: optionalText,
  GRAPHQL_INTROSPECTION: optionalText.pipe(z.enum(['on', 'off']).optional()),
  CRASH_AT: optionalText,
  DATABASE_URL: optionalText,
  DATABASE_POOL_SIZE: count(20),
  MONGODB_URL: optionalText,
  TWILIO_ACCOUNT_SID: optionalText,
  TWILIO_AUTH_TOKEN: optionalText,
  TWILIO_AUTH_TOKEN_SECONDARY: optionalText,
  TWILIO_FROM: optionalText,
  TWILIO_MESSAGING_SERVICE_SID: optionalText,
  TWILIO_API_BASE_URL: optionalBaseUrl,
  TWILIO_OAUTH_CLIENT_ID: optionalText,
  TWILIO_OAUTH_CLIENT_SECRET: optionalText,
  STRIPE_SECRET_KEY: optionalText,
  STRIPE_WEBHOOK_SECRET: optionalText,
  STRIPE_WEBHOOK_SECRET_SECONDARY: optionalText,
  STRIPE_API_BASE_URL: optionalBaseUrl,
  SMTP_URL: optionalText,
  SMTP_FROM: optionalText,
  WEBHOOK_PRIVATE_TARGETS: optionalText.pipe(z.enum(['on', 'off']).optional()),
  PUBLIC_BASE_URL: optionalBaseUrl,
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  HOST: z.string().default('0.0.0.0'),
  ROLE: z.enum(['all', 'api', 'worker']).default('all'),
  SESSION_SECRET: optionalText,
  OTEL_EXPORTER_OTLP_ENDPOINT: optionalBaseUrl,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  SEND_CONCURRENCY: count(200),
  SEND_BATCH_SIZE: count(1000),
  SENDER_SEGMENTS_PER_SECOND: segmentsPerSecond,
  CARRIER_TIMEOUT_SECONDS: seconds(10),
  CREDENTIAL_TTL_SECONDS: seconds(60),
  CLOCK_SKEW_SECONDS: seconds(5),
  LIST_LAG_SECONDS: seconds(120),
  VALIDITY_SECONDS: seconds(14_400),
  SWEEP_INTERVAL_SECONDS: seconds(5),
  RETRY_FIRST_SECONDS: seconds(30),
  AUDIT_FULL_HOURS: seconds(24),
  FORECAST_PER_SECOND: seconds(10),
})

export type Env = z.infer<typeof envSchema>

/** Reads the environment. Throws one error that lists every unusable variable. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  // Set and empty is not set, as in a copy of .env.example: a number of nothing would be zero.
  const given = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== '')
  const parsed = envSchema.safeParse(Object.fromEntries(given))
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`The environment is not usable:\n${problems.join('\n')}`)
}

export const envNames = Object.keys(envSchema.shape)
