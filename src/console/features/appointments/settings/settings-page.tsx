import { Alert, Button, Checkbox, Group, Select, Stack, Switch, Table, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState, type ReactNode } from 'react'
import { useRead } from '../../../api/use-read.js'
import { useMay } from '../../../app/session.js'
import {
  NotificationSettingsDocument,
  type AppointmentRole,
  type NotificationChoicesFragment,
} from '../../../generated/graphql.js'
import { BackLink } from '../../../shared/back-link.js'
import { Page } from '../../../shared/page.js'
import { PageWaiting } from '../../../shared/page-waiting.js'
import { Failure, Problem } from '../../../shared/problem.js'
import { Section } from '../../../shared/section.js'
import { OffsetsInput } from '../booking/offsets-input.js'
import { offsetsText } from '../wording.js'
import { languageChoices, TemplateForm } from './template-form.js'
import { useChangeSettings } from './use-change-settings.js'

const roles: readonly { role: AppointmentRole; label: string }[] = [
  { role: 'CLIENT', label: 'Client' },
  { role: 'COACH', label: 'Coach' },
]

/** What is told about appointments: to whom, when, and in which words. */
export function SettingsPage(): ReactNode {
  const { data, error } = useRead(NotificationSettingsDocument, {})
  const mayWrite = useMay('OPERATOR')
  return (
    <Page
      back={<BackLink to="/appointments">Appointments</BackLink>}
      title="What is told"
      hint="About appointments: to whom, when and in which words"
    >
      <Failure error={error} />
      {mayWrite ? null : (
        <Alert color="gray">Your role may look. An operator or an owner may change it.</Alert>
      )}
      {data === undefined ? (
        error === null ? (
          <PageWaiting />
        ) : null
      ) : (
        <>
          <Whom settings={data.notificationSettings} mayWrite={mayWrite} />
          <When
            key={data.notificationSettings.offsets.join()}
            settings={data.notificationSettings}
            mayWrite={mayWrite}
          />
          <Section
            title="In which words"
            hint="Yours, or ours until you write your own. The preview is what a client gets, as the server writes it."
          >
            <TemplateForm settings={data.notificationSettings} mayWrite={mayWrite} />
          </Section>
        </>
      )}
    </Page>
  )
}

interface PartProps {
  settings: NotificationChoicesFragment
  mayWrite: boolean
}

/** Each box counts at once; there is nothing to lose that another click does not bring back. */
function Whom({ settings, mayWrite }: PartProps): ReactNode {
  const change = useChangeSettings()
  return (
    <Section
      title="To whom"
      hint="What nobody is ticked for is switched off, also where it is planned already."
    >
      <Table.ScrollContainer minWidth={270}>
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>What happens</Table.Th>
              {roles.map(({ role, label }) => (
                <Table.Th key={role}>{label}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {settings.contexts.map(({ context, what, roles: told }) => (
              <Table.Tr key={context}>
                <Table.Td>{what}</Table.Td>
                {roles.map(({ role, label }) => (
                  <Table.Td key={role}>
                    <Checkbox
                      aria-label={`${what}: tell the ${label.toLowerCase()}`}
                      checked={told.includes(role)}
                      disabled={!mayWrite || change.isRunning}
                      onChange={(event) => {
                        const others = told.filter((other) => other !== role)
                        const next = event.currentTarget.checked ? [...others, role] : others
                        void change.run({ input: { roles: [{ context, roles: next }] } })
                      }}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Problem of={change} />
    </Section>
  )
}

function When({ settings, mayWrite }: PartProps): ReactNode {
  const [offsets, setOffsets] = useState<number[]>([...settings.offsets])
  const change = useChangeSettings()
  const sorted = (list: readonly number[]): string => [...list].sort((one, two) => one - two).join()
  const isChanged = sorted(offsets) !== sorted(settings.offsets)
  const keep = async (): Promise<void> => {
    if ((await change.run({ input: { offsets } })) === null) return
    notifications.show({ color: 'teal', message: 'Kept. It counts for what is booked or moved from now on.' })
  }
  return (
    <Section
      title="When"
      hint="For what is booked or moved from now on. Quiet hours move a reminder earlier, never into the night."
    >
      {mayWrite ? (
        <OffsetsInput label="Reminders" offsets={offsets} onChange={setOffsets} />
      ) : (
        <Text size="sm">Reminders {offsetsText(offsets)}</Text>
      )}
      <Stack gap="sm">
        <Switch
          label="Reminders ask for a reply that confirms"
          description="Each appointment has a code of its own, for example C1. Replies cost you nothing to read."
          checked={settings.asksConfirmation}
          disabled={!mayWrite || change.isRunning}
          onChange={(event) => {
            void change.run({ input: { asksConfirmation: event.currentTarget.checked } })
          }}
        />
        <Select
          label="Language of people whose language is not known"
          data={languageChoices}
          value={settings.language}
          allowDeselect={false}
          disabled={!mayWrite || change.isRunning}
          maw={320}
          onChange={(language) => {
            if (language !== null) void change.run({ input: { language } })
          }}
        />
      </Stack>
      <Problem of={change} />
      {mayWrite ? (
        <Group>
          <Button disabled={!isChanged} loading={change.isRunning} onClick={() => void keep()}>
            Keep the reminders
          </Button>
        </Group>
      ) : null}
    </Section>
  )
}
