import {
  Alert,
  Button,
  Group,
  NumberInput,
  SegmentedControl,
  SimpleGrid,
  Stack,
  Switch,
  Text,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { BillingDocument, SetTopUpDocument, type BillingFactsFragment } from '../../generated/graphql.js'
import { money, quantity, words } from '../../shared/format.js'
import { Problem } from '../../shared/problem.js'

const CENTS = 100
const defaults = {
  enabled: false,
  mode: 'FIXED',
  credits: 1_000,
  thresholdCredits: 200,
  monthlyCapMinor: 20_000,
} as const

/** When it buys, how much, and what a month may cost at most. */
export function TopUpForm({ billing }: { billing: BillingFactsFragment }): ReactNode {
  const set = useAction(SetTopUpDocument, (result) => result.setTopUp, [BillingDocument])
  const now = billing.topUp ?? defaults
  const form = useForm({
    initialValues: {
      enabled: now.enabled,
      mode: now.mode,
      credits: now.credits,
      thresholdCredits: now.thresholdCredits,
      monthlyCap: now.monthlyCapMinor / CENTS,
    },
  })
  const { values } = form
  const save = async ({ monthlyCap, ...rest }: typeof values): Promise<void> => {
    const done = await set.run({ ...rest, monthlyCapMinor: Math.round(monthlyCap * CENTS) })
    if (done !== null) notifications.show({ color: 'teal', message: 'The terms of the top-up are kept.' })
  }
  return (
    <form onSubmit={form.onSubmit((given) => void save(given))}>
      <Stack gap="sm">
        {billing.topUp?.disabledReason == null ? null : (
          <Alert
            color="orange"
            title={`It was switched off: ${words(billing.topUp.disabledReason).toLowerCase()}`}
          >
            Switch it on again once the card is in order.
          </Alert>
        )}
        {billing.hasCard ? null : (
          <Text size="sm" c="dimmed">
            No card is saved yet. The first purchase saves one.
          </Text>
        )}
        <Switch label="Buy credits by itself" {...form.getInputProps('enabled', { type: 'checkbox' })} />
        <SegmentedControl
          aria-label="How much"
          style={{ alignSelf: 'flex-start' }}
          data={[
            { value: 'FIXED', label: 'Always as many' },
            { value: 'TARGET', label: 'Up to a number' },
          ]}
          {...form.getInputProps('mode')}
        />
        <SimpleGrid cols={{ base: 1, sm: 3 }}>
          <NumberInput
            label="When fewer are available than"
            min={0}
            thousandSeparator=","
            {...form.getInputProps('thresholdCredits')}
          />
          <NumberInput
            label={values.mode === 'FIXED' ? 'Buy this many credits' : 'Buy until there are'}
            min={1}
            thousandSeparator=","
            {...form.getInputProps('credits')}
          />
          <NumberInput
            label="At most a month"
            prefix="$"
            min={0}
            decimalScale={2}
            thousandSeparator=","
            {...form.getInputProps('monthlyCap')}
          />
        </SimpleGrid>
        <Text size="sm" c="dimmed">
          {values.enabled
            ? `Buys ${values.mode === 'FIXED' ? quantity(values.credits, 'credit') : `up to ${quantity(values.credits, 'credit')}`} below ${quantity(values.thresholdCredits, 'credit')}, for at most ${money(values.monthlyCap * CENTS, 'usd')} a month; ${money(billing.topUpCommittedMinor, 'usd')} so far. You can switch it off at any moment.`
            : 'Nothing is bought by itself.'}
        </Text>
        <Problem of={set} />
        <Group>
          <Button type="submit" loading={set.isRunning} disabled={!form.isDirty()}>
            Keep these terms
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
