import { Button, Fieldset, Group, NumberInput, Select, SimpleGrid, Stack, Text } from '@mantine/core'
import { DatePickerInput } from '@mantine/dates'
import '@mantine/dates/styles.css'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import {
  QuietHoursDocument,
  SetQuietHoursDocument,
  SimulateHoursDocument,
  type QuietHoursQuery,
} from '../../generated/graphql.js'
import { Facts } from '../../shared/facts.js'
import { count } from '../../shared/format.js'
import { Problem } from '../../shared/problem.js'
import { timesOfDay } from './times-of-day.js'

type Hours = QuietHoursQuery['quietHours']
const CAP_MAX = 10
const HOLIDAYS_MAX = 40
const wholeDay = timesOfDay('00:00', '24:00')
const marketingDay = timesOfDay('08:00', '20:00')

/** A time that was set over the API need not be on the half hour. */
function choices(times: readonly string[], { opens, closes }: { opens: string; closes: string }): string[] {
  return [...new Set([...times, opens, closes])].sort()
}

/** For those who may look only. */
export function HoursShown({ hours }: { hours: Hours }): ReactNode {
  const { transactional, marketing, holidays, marketingPerDay } = hours
  return (
    <Facts
      facts={[
        ['Appointments and other transactional texts', `${transactional.opens} to ${transactional.closes}`],
        ['Marketing', `${marketing.opens} to ${marketing.closes}`],
        ['Marketing texts to one number in 24 hours', `${count(marketingPerDay)} at most`],
        ['Days without marketing', holidays.join(', ') || 'None'],
      ]}
    />
  )
}

/** Windows of each purpose, days without marketing, and how often one number is texted. */
export function HoursForm({ hours }: { hours: Hours }): ReactNode {
  const set = useAction(SetQuietHoursDocument, (result) => result.setQuietHours, [
    QuietHoursDocument,
    SimulateHoursDocument,
  ])
  const { transactional, marketing, holidays, marketingPerDay } = hours
  const form = useForm({
    initialValues: {
      transactional: { opens: transactional.opens, closes: transactional.closes },
      marketing: { opens: marketing.opens, closes: marketing.closes },
      holidays: [...holidays],
      marketingPerDay,
    },
  })
  const keep = async (input: Parameters<typeof set.run>[0]['input']): Promise<void> => {
    if ((await set.run({ input })) === null) return
    notifications.show({ color: 'teal', message: 'Kept. It counts from the next text on.' })
  }
  const submit = ({ transactional: service, marketing: ads, ...rest }: typeof form.values): Promise<void> =>
    keep({
      ...rest,
      // What is as it was stays whose it was: the default goes on being the default.
      ...(form.isDirty('transactional') ? { transactional: service } : {}),
      ...(form.isDirty('marketing') ? { marketing: ads } : {}),
    })
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Fieldset legend="Appointments and other transactional texts">
            <Group grow align="flex-start">
              <Select
                label="From"
                data={choices(wholeDay, transactional)}
                allowDeselect={false}
                {...form.getInputProps('transactional.opens')}
              />
              <Select
                label="Until"
                data={choices(wholeDay, transactional)}
                allowDeselect={false}
                {...form.getInputProps('transactional.closes')}
              />
            </Group>
            <Whose
              isOwn={transactional.isOwn}
              isRunning={set.isRunning}
              onDefault={() => void keep({ transactional: null })}
            />
          </Fieldset>
          <Fieldset legend="Marketing">
            <Group grow align="flex-start">
              <Select
                label="From"
                data={choices(marketingDay, marketing)}
                allowDeselect={false}
                {...form.getInputProps('marketing.opens')}
              />
              <Select
                label="Until"
                data={choices(marketingDay, marketing)}
                allowDeselect={false}
                {...form.getInputProps('marketing.closes')}
              />
            </Group>
            <Whose
              isOwn={marketing.isOwn}
              isRunning={set.isRunning}
              onDefault={() => void keep({ marketing: null })}
            />
          </Fieldset>
          <DatePickerInput
            type="multiple"
            label="Days without marketing"
            description={`On the calendar of whoever gets it; ${String(HOLIDAYS_MAX)} at most`}
            placeholder="None"
            clearable
            clearButtonProps={{ 'aria-label': 'No days' }}
            valueFormat="D MMM YYYY"
            {...form.getInputProps('holidays')}
          />
          <NumberInput
            label="Marketing texts to one number in 24 hours"
            description="Of all campaigns together; the rest wait"
            min={1}
            max={CAP_MAX}
            allowDecimal={false}
            {...form.getInputProps('marketingPerDay')}
          />
        </SimpleGrid>
        <Problem of={set} />
        <Group>
          <Button type="submit" disabled={!form.isDirty()} loading={set.isRunning}>
            Keep
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface WhoseProps {
  isOwn: boolean
  isRunning: boolean
  onDefault: () => void
}

function Whose({ isOwn, isRunning, onDefault }: WhoseProps): ReactNode {
  if (!isOwn)
    return (
      <Text size="xs" c="dimmed" mt="xs">
        The default.
      </Text>
    )
  return (
    <Button size="compact-xs" variant="subtle" mt="xs" disabled={isRunning} onClick={onDefault}>
      Back to the default
    </Button>
  )
}
