import {
  Button,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Skeleton,
  Stack,
  TagsInput,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.js'
import { useRead } from '../../api/use-read.js'
import {
  AccountHealthDocument,
  AccountSettingsDocument,
  UpdateAccountDocument,
  type AccountSettingsQuery,
  type UnknownPolicy,
} from '../../generated/graphql.js'
import { Facts } from '../../shared/facts.js'
import { count } from '../../shared/format.js'
import { Failure, Problem } from '../../shared/problem.js'

type Account = AccountSettingsQuery['account']

const policies: Readonly<Record<UnknownPolicy, string>> = {
  P0: 'Never send again what may have arrived',
  P1: 'Send again what provably did not arrive',
}
const policyChoices = Object.entries(policies).map(([value, label]) => ({ value, label }))

/** Reserve, countries, and what happens when nobody knows whether a text went out. */
export function AccountSettings({ mayChange }: { mayChange: boolean }): ReactNode {
  const { data, error } = useRead(AccountSettingsDocument, {})
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <Skeleton height={120} />
  return mayChange ? <Form account={data.account} /> : <Shown account={data.account} />
}

function Shown({ account }: { account: Account }): ReactNode {
  return (
    <Facts
      facts={[
        ['Name', account.name],
        ['Kept for appointments', `${count(account.reserveCredits)} credits`],
        ['Countries', account.allowedCountries.join(', ')],
        ['Single texts an hour', account.singlesPerHour == null ? 'No limit' : count(account.singlesPerHour)],
        ['Unknown outcomes of campaigns', policies[account.unknownPolicy]],
        ['Unknown outcomes of single texts', policies[account.singleUnknownPolicy]],
      ]}
    />
  )
}

function Form({ account }: { account: Account }): ReactNode {
  const update = useAction(UpdateAccountDocument, (result) => result.updateAccount, [
    AccountSettingsDocument,
    AccountHealthDocument,
  ])
  const { name, reserveCredits, allowedCountries, unknownPolicy, singleUnknownPolicy } = account
  const form = useForm({
    initialValues: {
      name,
      reserveCredits,
      allowedCountries: [...allowedCountries],
      unknownPolicy,
      singleUnknownPolicy,
    },
  })
  const submit = async (values: typeof form.values): Promise<void> => {
    if ((await update.run(values)) === null) return
    form.resetDirty()
    notifications.show({ color: 'teal', message: 'Kept. It counts from the next text on.' })
  }
  return (
    <form onSubmit={form.onSubmit((values) => void submit(values))}>
      <Stack>
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <TextInput label="Name of the account" {...form.getInputProps('name')} />
          <NumberInput
            label="Credits kept for appointments"
            description="Campaigns leave these alone"
            min={0}
            thousandSeparator=","
            {...form.getInputProps('reserveCredits')}
          />
          <TagsInput
            label="Countries that may be texted"
            description="Two letters each"
            {...form.getInputProps('allowedCountries')}
          />
          <Select
            label="When the outcome of a campaign’s text is unknown"
            description="Its credits stay held until it is found out"
            data={policyChoices}
            allowDeselect={false}
            {...form.getInputProps('unknownPolicy')}
          />
          <Select
            label="When the outcome of a single text is unknown"
            description="Appointments are soon of no use"
            data={policyChoices}
            allowDeselect={false}
            {...form.getInputProps('singleUnknownPolicy')}
          />
        </SimpleGrid>
        <Problem of={update} />
        <Group>
          <Button type="submit" disabled={!form.isDirty()} loading={update.isRunning}>
            Keep
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
