import {
  Alert,
  Button,
  Group,
  Loader,
  ScrollArea,
  Select,
  SimpleGrid,
  Stack,
  Table,
  TagsInput,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { useRead } from '../../api/use-read.js'
import {
  ImportPreviewDocument,
  ImportsDocument,
  StartImportDocument,
  type ImportColumnField,
  type ImportPreviewQuery,
} from '../../generated/graphql.js'
import { count, quantity } from '../../shared/format.js'
import { Failure, Problem, Refusal } from '../../shared/problem.js'
import { fieldChoices, noChoices, optionsOf, type ImportChoices } from './import-options.js'

type Preview = Extract<ImportPreviewQuery['importPreview'], { __typename: 'ImportPreview' }>

const SETTLE_MS = 400
const ROWS_SHOWN = 5

interface ImportPreviewProps {
  importId: string
  onStarted: () => void
}

/** What the file would become, and the questions that only a person can answer. Nothing is written yet. */
export function ImportPreview({ importId, onStarted }: ImportPreviewProps): ReactNode {
  const [choices, setChoices] = useState<ImportChoices>(noChoices)
  const [settled] = useDebouncedValue(choices, SETTLE_MS)
  const { data, error, isFetching } = useRead(
    ImportPreviewDocument,
    { importId, options: optionsOf(settled) },
    { keepsPrevious: true },
  )
  const start = useAction(StartImportDocument, (result) => result.startImport, [ImportsDocument])
  const outcome = data?.importPreview
  const preview = outcome?.__typename === 'ImportPreview' ? outcome : null
  const refusal = outcome?.__typename === 'Refused' ? outcome : null
  const change = (part: Partial<ImportChoices>): void => {
    setChoices({ ...choices, ...part })
  }
  const begin = async (): Promise<void> => {
    if ((await start.run({ importId, options: optionsOf(choices) })) !== null) onStarted()
  }
  return (
    <Stack gap="md">
      <Failure error={error} />
      <Refusal refusal={refusal} />
      {preview === null && refusal === null && error === null ? (
        <Loader aria-label="Reading the file" />
      ) : null}
      {preview === null ? null : (
        <>
          <Summary preview={preview} isReading={isFetching} />
          <Columns
            preview={preview}
            onChoose={(header, field) => {
              change({ columns: { ...choices.columns, [header]: field } })
            }}
          />
          <Rejects preview={preview} />
        </>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput
          label="Country of numbers without one"
          description="Two letters, for example US"
          maxLength={2}
          value={choices.defaultCountry}
          onChange={(event) => {
            change({ defaultCountry: event.currentTarget.value.toUpperCase() })
          }}
        />
        <TagsInput
          label="Tags for everybody in the file"
          description="A campaign can choose people by them"
          value={[...choices.tags]}
          onChange={(tags) => {
            change({ tags })
          }}
        />
      </SimpleGrid>
      <Statement
        preview={preview}
        statement={choices.statement}
        onChange={(statement) => {
          change({ statement })
        }}
      />
      <Problem of={start} />
      <Group justify="flex-end">
        <Button
          onClick={() => void begin()}
          loading={start.isRunning}
          disabled={preview === null || preview.counts.created === 0}
        >
          {preview === null
            ? 'Import'
            : `Import ${preview.wholeFile ? quantity(preview.counts.created, 'contact') : 'the file'}`}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" ta="right">
        An import can be undone as a whole.
      </Text>
    </Stack>
  )
}

function Summary({ preview, isReading }: { preview: Preview; isReading: boolean }): ReactNode {
  const { counts, wholeFile, encoding, delimiter } = preview
  return (
    <Group gap="xs" aria-live="polite">
      <Text size="sm">
        {wholeFile ? 'All' : 'The first'} {quantity(counts.rowsRead, 'row')}: <b>{count(counts.created)}</b>{' '}
        contacts, {count(counts.duplicates)} duplicates folded, <b>{count(counts.rejected)}</b> rejected.{' '}
        {encoding}, separated by {delimiter === '\t' ? 'tabs' : `“${delimiter}”`}.
      </Text>
      {isReading ? <Loader size="xs" aria-label="Reading again" /> : null}
    </Group>
  )
}

interface StatementProps {
  preview: Preview | null
  statement: string
  onChange: (statement: string) => void
}

/** Without it a yes in the file grants nothing; a no always counts. */
function Statement({ preview, statement, onChange }: StatementProps): ReactNode {
  const says =
    preview === null
      ? 'Kept as evidence.'
      : `${quantity(preview.optIns, 'number')} say yes in the file and ${quantity(preview.optOuts, 'number')} say no. A yes counts only with your statement; a no always counts.`
  return (
    <>
      <Textarea
        label="How did these people agree to marketing texts?"
        description={says}
        placeholder="They ticked the box on our sign-up form, which says …"
        autosize
        minRows={2}
        value={statement}
        onChange={(event) => {
          onChange(event.currentTarget.value)
        }}
      />
      {statement.trim() === '' && (preview?.optIns ?? 0) > 0 ? (
        <Alert color="blue">
          Without a statement nobody of this file gets marketing texts: they are imported without consent.
        </Alert>
      ) : null}
    </>
  )
}

interface ColumnsProps {
  preview: Preview
  onChoose: (header: string, field: ImportColumnField) => void
}

function Columns({ preview, onChoose }: ColumnsProps): ReactNode {
  return (
    <ScrollArea>
      <Table
        withTableBorder
        withColumnBorders
        style={{ whiteSpace: 'nowrap' }}
        aria-label="Columns of the file"
      >
        <Table.Thead>
          <Table.Tr>
            {preview.columns.map(({ header, field }, index) => (
              <Table.Th key={`${header}${String(index)}`} miw={170}>
                <Text size="sm" fw={600} truncate maw={220}>
                  {header}
                </Text>
                <Select
                  aria-label={`What ${header} is`}
                  size="xs"
                  mt={4}
                  data={fieldChoices}
                  value={field}
                  allowDeselect={false}
                  onChange={(value) => {
                    if (value !== null) onChoose(header, value)
                  }}
                />
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {preview.rows.slice(0, ROWS_SHOWN).map((cells, row) => (
            <Table.Tr key={row}>
              {cells.map((cell, column) => (
                <Table.Td key={column} maw={220} style={{ overflow: 'hidden', textOverflow: 'ellipsis' }}>
                  {cell}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea>
  )
}

function Rejects({ preview }: { preview: Preview }): ReactNode {
  if (preview.rejectReasons.length === 0) return null
  return (
    <details>
      <summary>Why {quantity(preview.counts.rejected, 'row')} would be rejected</summary>
      <ul>
        {preview.rejectReasons.map(({ code, rows, words }) => (
          <li key={code}>
            {count(rows)}: {words}
          </li>
        ))}
      </ul>
      <Text size="sm" c="dimmed">
        For example{' '}
        {preview.rejects
          .slice(0, 3)
          .map(({ line, words }) => `line ${String(line)}: ${words}`)
          .join(' · ')}
      </Text>
    </details>
  )
}
