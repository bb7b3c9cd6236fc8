import { MultiSelect, SegmentedControl, Select, Stack, Text, TextInput, Tabs } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useRead } from '../../../api/use-read.js'
import { ContactCountDocument, ContactTagsDocument, ImportsDocument } from '../../../generated/graphql.js'
import { count, countedQuantity, quantity } from '../../../shared/format.js'
import { instantText } from '../../../shared/instant.js'
import { ImportFlow } from '../../contacts/import-flow.js'
import { UploadDrop } from '../../contacts/upload-drop.js'
import type { Draft } from './draft.js'

export interface StepProps {
  draft: Draft
  onChange: (part: Partial<Draft>) => void
}

/** Whom it is for. */
export function AudienceStep({ draft, onChange }: StepProps): ReactNode {
  const tags = useRead(ContactTagsDocument, {}).data?.contactTags ?? []
  const tagChoices = tags.map(({ tag, contacts }) => ({ value: tag, label: `${tag} (${count(contacts)})` }))
  return (
    <Stack gap="md">
      <TextInput
        label="Name of the campaign"
        description="For you and your team; nobody else sees it"
        required
        maxLength={200}
        value={draft.name}
        onChange={(event) => {
          onChange({ name: event.currentTarget.value })
        }}
      />
      <div>
        <Text size="sm" fw={500} id="purpose-label">
          What is it?
        </Text>
        <SegmentedControl
          aria-labelledby="purpose-label"
          value={draft.purpose}
          onChange={(purpose) => {
            onChange({ purpose })
          }}
          data={[
            { value: 'MARKETING', label: 'Marketing' },
            { value: 'TRANSACTIONAL', label: 'Transactional' },
          ]}
        />
        <Text size="xs" c="dimmed" mt={4}>
          Only people who agreed to this get it. Marketing always ends with how to opt out.
        </Text>
      </div>
      <Tabs
        value={draft.source}
        onChange={(source) => {
          onChange({ source: (source ?? 'everybody') as Draft['source'] })
        }}
        variant="outline"
      >
        <Tabs.List mb="md" aria-label="Whom it is for">
          <Tabs.Tab value="everybody">Everybody</Tabs.Tab>
          <Tabs.Tab value="tags">By tags</Tabs.Tab>
          <Tabs.Tab value="import">A file or an import</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="everybody">
          <Size filter={{}} />
        </Tabs.Panel>
        <Tabs.Panel value="tags">
          <MultiSelect
            label="People with all of these tags"
            data={tagChoices}
            value={draft.tags}
            searchable
            onChange={(chosen) => {
              onChange({ tags: chosen })
            }}
          />
        </Tabs.Panel>
        <Tabs.Panel value="import">
          <FromFile draft={draft} onChange={onChange} />
        </Tabs.Panel>
      </Tabs>
      <MultiSelect
        label="Never people with one of these tags"
        data={tagChoices}
        value={draft.excludeTags}
        searchable
        onChange={(excludeTags) => {
          onChange({ excludeTags })
        }}
      />
    </Stack>
  )
}

function FromFile({ draft, onChange }: StepProps): ReactNode {
  const imports = useRead(ImportsDocument, {}).data?.imports.edges ?? []
  const [uploadId, setUploadId] = useState<string | null>(null)
  const choices = imports
    .filter(({ node }) => node.state === 'COMPLETED')
    .map(({ node }) => ({
      value: node.id,
      label: `${node.fileName} · ${quantity(node.counts.created + node.counts.updated + node.counts.unchanged, 'contact')} · ${instantText(node.createdAt)}`,
    }))
  /** Until the new file is imported there is nobody: never the people of an import that was chosen before. */
  const chooseNobody = (): void => {
    onChange({ importId: null })
  }
  if (uploadId !== null) {
    return (
      <ImportFlow
        importId={uploadId}
        onCompleted={(found) => {
          onChange({ importId: found.id })
        }}
      />
    )
  }
  return (
    <Stack gap="md">
      {choices.length === 0 ? null : (
        <Select
          label="People of an import"
          data={choices}
          value={draft.importId}
          searchable
          onChange={(importId) => {
            onChange({ importId })
          }}
        />
      )}
      {draft.importId === null ? null : <Size filter={{ importId: draft.importId }} />}
      <UploadDrop
        onBegin={chooseNobody}
        onUploaded={(importId) => {
          chooseNobody()
          setUploadId(importId)
        }}
      />
    </Stack>
  )
}

function Size({ filter }: { filter: { importId?: string } }): ReactNode {
  const { data } = useRead(ContactCountDocument, { filter })
  return (
    <Text size="sm" aria-live="polite">
      {data === undefined ? '…' : countedQuantity(data.contactCount, 'contact')}. Who may not be texted is
      left out by the quote, with the reason.
    </Text>
  )
}
