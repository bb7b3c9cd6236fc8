import { Button, Group, SimpleGrid, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useRef, type ReactNode } from 'react'
import type { StepProps } from './audience-step.js'
import { wholeText } from './draft.js'
import { measureText } from '../../../shared/measure-text.js'
import { SegmentMeter } from '../../../shared/segment-meter.js'
import { TemplatePreview } from './template-preview.js'

const mergeFields = [
  { insert: '{{first_name|there}}', label: 'First name' },
  { insert: '{{last_name}}', label: 'Last name' },
  { insert: '{{region}}', label: 'Region' },
] as const

/** What it says. */
export function TextStep({ draft, onChange }: StepProps): ReactNode {
  const field = useRef<HTMLTextAreaElement>(null)
  const measure = measureText(wholeText(draft))
  const insert = (text: string): void => {
    const { selectionStart = draft.template.length, selectionEnd = draft.template.length } =
      field.current ?? {}
    onChange({
      template: draft.template.slice(0, selectionStart) + text + draft.template.slice(selectionEnd),
    })
    field.current?.focus()
  }
  const replace = (parts: readonly { character: string; replacement: string }[]): void => {
    const plain = (text: string): string =>
      parts.reduce((changed, { character, replacement }) => changed.replaceAll(character, replacement), text)
    onChange({ template: plain(draft.template), optOutFooter: plain(draft.optOutFooter) })
  }
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
      <Stack gap="md">
        <Textarea
          ref={field}
          label="Text"
          required
          autosize
          minRows={5}
          maxLength={1600}
          value={draft.template}
          placeholder="Hi {{first_name|there}}, …"
          onChange={(event) => {
            onChange({ template: event.currentTarget.value })
          }}
        />
        <Group gap={6}>
          <Text size="sm" c="dimmed">
            Put in:
          </Text>
          {mergeFields.map(({ insert: text, label }) => (
            <Button
              key={text}
              size="compact-sm"
              variant="default"
              onClick={() => {
                insert(text)
              }}
            >
              {label}
            </Button>
          ))}
        </Group>
        <TextInput
          label="Line under every text"
          description={
            draft.purpose === 'MARKETING' ? 'Marketing needs one with the word STOP.' : 'Optional.'
          }
          maxLength={160}
          value={draft.optOutFooter}
          onChange={(event) => {
            onChange({ optOutFooter: event.currentTarget.value })
          }}
        />
        <SegmentMeter measure={measure} onReplace={replace} />
        <Text size="xs" c="dimmed">
          Counted with the fields as they are written here. Each person’s own text is measured by the server
          and quoted exactly.
        </Text>
      </Stack>
      <TemplatePreview draft={draft} />
    </SimpleGrid>
  )
}
