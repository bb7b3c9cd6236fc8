import { Alert, Anchor, Button, Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { useMay } from '../../app/session.js'
import {
  ImportProgressDocument,
  ImportsDocument,
  UndoImportDocument,
  type ImportStoryFragment,
} from '../../generated/graphql.js'
import { useLiveValue } from '../../live/use-live-value.js'
import { AskFirst } from '../../shared/ask-first.js'
import { count, quantity } from '../../shared/format.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { Problem } from '../../shared/problem.js'
import { Stat } from '../../shared/stat.js'

interface ImportProgressProps {
  importId: string
  onCompleted?: (found: ImportStoryFragment) => void
}

/** How far an import is, pushed, and what became of it. */
export function ImportProgress({ importId, onCompleted }: ImportProgressProps): ReactNode {
  const found = useLiveValue(ImportProgressDocument, { importId }, ({ importProgress }) => importProgress)
  const state = found?.state
  const tell = useEffectEvent(() => {
    if (found !== null && state === 'COMPLETED') onCompleted?.(found)
  })
  useEffect(() => {
    tell()
  }, [state])
  if (found === null) return <PageWaiting />
  const { counts, failure } = found
  const isMoving = state === 'RUNNING' || state === 'UNDOING' || state === 'UPLOADED'
  return (
    <Stack gap="md">
      {isMoving ? (
        <Stack gap={4}>
          <Text size="sm" aria-live="polite">
            {state === 'UNDOING' ? 'Taking it back' : 'Importing'}: {quantity(counts.rowsRead, 'row')} so far
          </Text>
          <Progress value={100} animated aria-label="Import" />
        </Stack>
      ) : null}
      {failure == null ? null : (
        <Alert color="red" title="The import failed">
          {failure} What was written stays; start it again with the same file, and nothing is written twice.
        </Alert>
      )}
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <Stat label="New contacts" value={count(counts.created)} tone="good" />
        <Stat
          label="Updated"
          value={count(counts.updated)}
          hint={`${count(counts.unchanged)} were as they are`}
        />
        <Stat label="Duplicates folded" value={count(counts.duplicates)} />
        <Stat
          label="Rejected"
          value={count(counts.rejected)}
          tone={counts.rejected > 0 ? 'warning' : 'plain'}
          hint={`of ${quantity(counts.rowsRead, 'row')}`}
        />
      </SimpleGrid>
      <Text size="sm">
        Consent: {count(found.consentsGranted)} granted, {count(found.consentsRevoked)} revoked.
      </Text>
      <Reasons title="Why rows were rejected" reasons={found.rejectReasons} />
      <Reasons title="What was noticed" reasons={found.remarks} />
      {found.undo == null ? null : (
        <Alert color="gray" title="This import was undone">
          {count(found.undo.removed)} contacts removed, {count(found.undo.restored)} put back as they were,{' '}
          {count(found.undo.kept)} kept because they have been used since.
        </Alert>
      )}
      <Group gap="xs">
        <RejectedRows found={found} />
        {state === 'COMPLETED' ? <Undo found={found} /> : null}
      </Group>
    </Stack>
  )
}

function RejectedRows({ found }: { found: ImportStoryFragment }): ReactNode {
  const mayRead = useMay('OPERATOR')
  if (!mayRead || found.counts.rejected === 0) return null
  return (
    <Button
      component="a"
      href={found.rejectFilePath}
      download
      variant="default"
      leftSection={<IconDownload size={16} />}
    >
      Rejected rows as CSV
    </Button>
  )
}

function Reasons({ title, reasons }: { title: string; reasons: ImportStoryFragment['remarks'] }): ReactNode {
  if (reasons.length === 0) return null
  return (
    <details open>
      <summary>{title}</summary>
      <ul>
        {reasons.map(({ code, rows, words }) => (
          <li key={code}>
            {count(rows)}: {words}
          </li>
        ))}
      </ul>
    </details>
  )
}

function Undo({ found }: { found: ImportStoryFragment }): ReactNode {
  const mayWrite = useMay('OPERATOR')
  const [isAsking, setAsking] = useState(false)
  const undo = useAction(UndoImportDocument, (result) => result.undoImport, [ImportsDocument])
  if (!mayWrite) return null
  return (
    <>
      <Anchor
        component="button"
        size="sm"
        c="red"
        onClick={() => {
          setAsking(true)
        }}
      >
        Undo this import…
      </Anchor>
      <AskFirst
        isOpen={isAsking}
        onClose={() => {
          setAsking(false)
        }}
        title="Undo the import?"
        confirm={`Remove ${quantity(found.counts.created, 'contact')}`}
        colour="red"
        isRunning={undo.isRunning}
        onConfirm={() => {
          void undo.run({ importId: found.id }).then((done) => {
            if (done !== null) setAsking(false)
          })
        }}
      >
        <Text size="sm">
          Contacts that it made are removed and those that it changed are put back, except where they have
          been used since. Opt-outs that it brought stay.
        </Text>
        <Problem of={undo} />
      </AskFirst>
    </>
  )
}
