import { Alert, Stack, Text } from '@mantine/core'
import { IconAlertTriangle, IconHandStop } from '@tabler/icons-react'
import { OperationFailed } from '../api/run-operation.js'

interface RefusalWords {
  message: string
  remedy: string
}

/** An expected no: why, and what to do. */
export function Refusal({ refusal }: { refusal: RefusalWords | null | undefined }): React.ReactNode {
  if (refusal == null) return null
  return (
    <Alert color="orange" icon={<IconHandStop />} title={refusal.message} role="alert">
      {refusal.remedy}
    </Alert>
  )
}

/** Something that should not have happened. The request id finds it in the logs. */
export function Failure({ error }: { error: Error | null | undefined }): React.ReactNode {
  if (error == null) return null
  const requestId = error instanceof OperationFailed ? error.requestId : null
  return (
    <Alert color="red" icon={<IconAlertTriangle />} title="This did not work" role="alert">
      <Stack gap={4}>
        <Text size="sm">{error.message}</Text>
        {requestId === null ? null : (
          <Text size="xs" c="dimmed">
            Request {requestId}
          </Text>
        )}
      </Stack>
    </Alert>
  )
}

/** Whatever became of an action that did not do what was asked. */
export function Problem({
  of: { refusal, failure },
}: {
  of: { refusal: RefusalWords | null; failure: Error | null }
}): React.ReactNode {
  return (
    <>
      <Refusal refusal={refusal} />
      <Failure error={failure} />
    </>
  )
}
