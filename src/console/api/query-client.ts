import { QueryClient } from '@tanstack/react-query'
import { OperationFailed } from './run-operation.js'

/** Faults that asking again does not mend. */
const lasting = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'ACCOUNT_CHANGED',
  'BAD_USER_INPUT',
  'OPERATION_NOT_REGISTERED',
])
const RETRIES_MAX = 2

/** Nothing is asked for at intervals or on focus: what changes is pushed, and the push says what to read again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 0,
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
      retry: (failures, error) =>
        failures < RETRIES_MAX && !(error instanceof OperationFailed && lasting.has(error.code)),
    },
    mutations: { retry: false },
  },
})
