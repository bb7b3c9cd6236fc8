import { Alert, Button, Group, SimpleGrid, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconHandStop, IconShieldCheck } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { runOperation } from '../../api/run-operation.js'
import { refreshAfterChange, useRead } from '../../api/use-read.js'
import {
  PlatformDocument,
  ResumeAllSendingDocument,
  StopAllSendingDocument,
} from '../../generated/graphql.js'
import { AskFirst } from '../../shared/ask-first.js'
import { AskReason } from '../../shared/ask-reason.js'
import { duration } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Failure } from '../../shared/problem.js'
import { Stat } from '../../shared/stat.js'

/** Whether the platform sends at all, the switch for it, and how fresh the audit is. */
export function PlatformSwitch(): ReactNode {
  const { data, error } = useRead(PlatformDocument, {})
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return null
  const { platformSending: platform, auditLooks } = data
  return (
    <>
      {platform.isStopped || platform.lockedSince != null ? (
        <Alert color="red" icon={<IconHandStop />} title="No account sends anything">
          <Text size="sm">
            {platform.reason ?? 'The database was restored and compares with the carrier first.'}
          </Text>
          <Group mt="xs">
            <Resume />
          </Group>
        </Alert>
      ) : (
        <Group justify="space-between">
          <Text size="sm">The platform sends.</Text>
          <Stop />
        </Group>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        {auditLooks.map(({ kind, endedAt, cleanAt, tookMs }) => (
          <Stat
            key={kind}
            icon={<IconShieldCheck size={18} />}
            label={kind === 'full' ? 'Audit of everything' : 'Audit of what is new'}
            value={<Instant at={endedAt} hasSeconds />}
            tone={cleanAt === endedAt ? 'good' : 'bad'}
            hint={
              <>
                {cleanAt === endedAt ? (
                  'found nothing wrong'
                ) : (
                  <>
                    last clean <Instant at={cleanAt} otherwise="never" />
                  </>
                )}
                , took {tookMs < 1000 ? `${String(tookMs)} ms` : duration(tookMs / 1000)}
              </>
            }
          />
        ))}
      </SimpleGrid>
    </>
  )
}

function Stop(): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const [failure, setFailure] = useState<Error | null>(null)
  const stop = async (reason: string): Promise<void> => {
    try {
      await runOperation(StopAllSendingDocument, { reason })
      await refreshAfterChange(PlatformDocument)
      close()
    } catch (error) {
      if (error instanceof Error) setFailure(error)
    }
  }
  return (
    <>
      <Button color="red" variant="light" onClick={open}>
        Stop everything…
      </Button>
      <AskReason
        isOpen={isOpen}
        title="Stop all sending of all accounts?"
        confirm="Stop everything"
        colour="red"
        problem={<Failure error={failure} />}
        onClose={close}
        onConfirm={(reason) => void stop(reason)}
      >
        Within a second nothing new is handed to the carrier. What waits stays where it is and goes on when
        you resume.
      </AskReason>
    </>
  )
}

function Resume(): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const resume = async (): Promise<void> => {
    await runOperation(ResumeAllSendingDocument, {})
    await refreshAfterChange(PlatformDocument)
    close()
  }
  return (
    <>
      <Button color="red" onClick={open}>
        Resume…
      </Button>
      <AskFirst
        isOpen={isOpen}
        onClose={close}
        title="Let all accounts send again?"
        confirm="Resume everything"
        onConfirm={() => void resume()}
      >
        <Text size="sm">Campaigns go on with the next recipient each. You can stop again at any moment.</Text>
      </AskFirst>
    </>
  )
}
