import { Button, Group, Select, SimpleGrid, Stack, Text, Textarea } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { notifications } from '@mantine/notifications'
import { useRef, useState, type ReactNode } from 'react'
import { useRead } from '../../../api/use-read.js'
import {
  PreviewNotificationDocument,
  type NotificationChoicesFragment,
  type NotificationContext,
  type NotificationLanguage,
} from '../../../generated/graphql.js'
import { quantity } from '../../../shared/format.js'
import { PhonePreview } from '../../../shared/phone-preview.js'
import { Failure, Problem, Refusal } from '../../../shared/problem.js'
import { useChangeSettings } from './use-change-settings.js'

const SETTLE_MS = 350
const TEMPLATE_MAX = 1_000

export const languageChoices = [
  { value: 'EN', label: 'English' },
  { value: 'ES', label: 'Spanish' },
] satisfies { value: NotificationLanguage; label: string }[]

interface TemplateFormProps {
  settings: NotificationChoicesFragment
  mayWrite: boolean
}

/** The words of one kind of notification in one language, with what a client would read. */
export function TemplateForm({ settings, mayWrite }: TemplateFormProps): ReactNode {
  const [context, setContext] = useState<NotificationContext>('SCHEDULED_APPOINTMENT')
  const [language, setLanguage] = useState<NotificationLanguage>(settings.language)
  const chosen = settings.contexts.find((setting) => setting.context === context)
  const inForce = (language === 'ES' ? chosen?.templateEs : chosen?.templateEn) ?? ''
  return (
    <Stack gap="md">
      <Group gap="sm" align="flex-end">
        <Select
          label="Kind"
          data={settings.contexts.map(({ context: value, what }) => ({ value, label: what }))}
          value={context}
          allowDeselect={false}
          w={{ base: '100%', sm: 380 }}
          onChange={(value) => {
            if (value !== null) setContext(value)
          }}
        />
        <Select
          label="Language"
          data={languageChoices}
          value={language}
          allowDeselect={false}
          w={140}
          onChange={(value) => {
            if (value !== null) setLanguage(value)
          }}
        />
      </Group>
      <Editor
        key={`${context} ${language} ${inForce}`}
        {...{ context, language, inForce, mayWrite, fields: settings.fields }}
      />
    </Stack>
  )
}

interface EditorProps {
  context: NotificationContext
  language: NotificationLanguage
  inForce: string
  fields: readonly string[]
  mayWrite: boolean
}

function Editor({ context, language, inForce, fields, mayWrite }: EditorProps): ReactNode {
  const area = useRef<HTMLTextAreaElement>(null)
  const [template, setTemplate] = useState(inForce)
  const change = useChangeSettings()
  const insert = (field: string): void => {
    const { selectionStart = template.length, selectionEnd = template.length } = area.current ?? {}
    setTemplate(`${template.slice(0, selectionStart)}{{${field}}}${template.slice(selectionEnd)}`)
    area.current?.focus()
  }
  const keep = async (text: string | null): Promise<void> => {
    if ((await change.run({ input: { templates: [{ context, language, template: text }] } })) === null) return
    notifications.show({
      color: 'teal',
      message: text === null ? 'Our words are in force again.' : 'Kept. It counts from the next text on.',
    })
  }
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
      <Stack gap="sm">
        <Textarea
          ref={area}
          label="Words"
          autosize
          minRows={4}
          maxLength={TEMPLATE_MAX}
          readOnly={!mayWrite}
          value={template}
          onChange={(event) => {
            setTemplate(event.currentTarget.value)
          }}
        />
        {mayWrite ? (
          <>
            <details>
              <summary>Put in a field</summary>
              <Group gap={6} mt="xs">
                {fields.map((field) => (
                  <Button
                    key={field}
                    size="compact-xs"
                    variant="default"
                    onClick={() => {
                      insert(field)
                    }}
                  >
                    {field}
                  </Button>
                ))}
              </Group>
              <Text size="xs" c="dimmed" mt={6}>
                A word after a bar stands in when there is nothing to say: {'{{first_name|there}}'}. “when” is
                day and time on the recipient’s clock; “about”, “with”, “place” and “confirm” bring their own
                words, or nothing.
              </Text>
            </details>
            <Group gap="xs">
              <Button
                disabled={template === inForce || template.trim() === ''}
                loading={change.isRunning}
                onClick={() => void keep(template)}
              >
                Keep these words
              </Button>
              <Button variant="subtle" color="gray" onClick={() => void keep(null)}>
                Take ours again
              </Button>
            </Group>
          </>
        ) : null}
        <Problem of={change} />
      </Stack>
      <Preview context={context} language={language} template={template} />
    </SimpleGrid>
  )
}

function Preview({
  context,
  language,
  template,
}: Pick<EditorProps, 'context' | 'language'> & { template: string }): ReactNode {
  const [settled] = useDebouncedValue(template, SETTLE_MS)
  const isEmpty = settled.trim() === ''
  const { data, error } = useRead(
    PreviewNotificationDocument,
    { input: { context, language, template: settled } },
    { isEnabled: !isEmpty, keepsPrevious: true },
  )
  const outcome = isEmpty ? undefined : data?.previewNotification
  const shown = outcome?.__typename === 'NotificationPreview' ? outcome : null
  return (
    <Stack gap="sm">
      <Text size="sm" fw={500}>
        On the phone
      </Text>
      <PhonePreview
        text={shown?.body ?? ''}
        caption={
          shown === null
            ? undefined
            : `${shown.encoding}, ${quantity(shown.segments, 'segment')}, for an invented client`
        }
      />
      <Refusal refusal={outcome?.__typename === 'Refused' ? outcome : null} />
      <Failure error={isEmpty ? null : error} />
    </Stack>
  )
}
