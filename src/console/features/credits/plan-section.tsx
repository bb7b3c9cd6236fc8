import { Button, Group, SimpleGrid, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../api/new-key.js'
import { useAction } from '../../api/use-action.js'
import {
  BillingDocument,
  CancelPlanDocument,
  ChangePlanDocument,
  KeepPlanDocument,
  OpenBillingPortalDocument,
  type BillingFactsFragment,
} from '../../generated/graphql.js'
import { AskFirst } from '../../shared/ask-first.js'
import { money, quantity, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Problem } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { PriceCard, type PriceListItem } from './price-card.js'

type Subscription = BillingFactsFragment['subscription']
const alive = new Set(['active', 'trialing', 'past_due', 'paused', 'unpaid'])

/** The plan there is, or those to choose from. */
export function PlanSection({
  plans,
  subscription,
}: {
  plans: readonly PriceListItem[]
  subscription: Subscription
}): ReactNode {
  if (plans.length === 0 && subscription == null) return null
  const current = subscription != null && alive.has(subscription.status) ? subscription : null
  return (
    <Section title="Plan" hint="Credits each month.">
      {current === null ? (
        <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
          {plans.map((item) => (
            <PriceCard key={item.code} item={item} />
          ))}
        </SimpleGrid>
      ) : (
        <CurrentPlan subscription={current} plans={plans} />
      )}
    </Section>
  )
}

function CurrentPlan({
  subscription,
  plans,
}: {
  subscription: NonNullable<Subscription>
  plans: readonly PriceListItem[]
}): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const cancel = useAction(CancelPlanDocument, (result) => result.cancelPlan, [BillingDocument])
  const keep = useAction(KeepPlanDocument, (result) => result.keepPlan, [BillingDocument])
  const portal = useAction(OpenBillingPortalDocument, (result) => result.openBillingPortal)
  const plan = plans.find(({ code }) => code === subscription.code)
  const isEnding = subscription.cancelAt != null
  return (
    <>
      <Text size="sm">
        <b>{plan?.name ?? subscription.code ?? 'A plan'}</b>, {words(subscription.status).toLowerCase()}
        {isEnding ? (
          <>
            ; it ends <Instant at={subscription.cancelAt} />.
          </>
        ) : (
          <>
            ; the next month begins <Instant at={subscription.periodEnd} />.
          </>
        )}
      </Text>
      <Group gap="xs">
        {plans
          .filter(({ code }) => code !== subscription.code)
          .map((item) => (
            <SwitchPlan key={item.code} item={item} />
          ))}
        <Button
          variant="default"
          size="xs"
          loading={portal.isRunning}
          onClick={() =>
            void portal.run({}).then((link) => {
              if (link !== null) location.assign(link.url)
            })
          }
        >
          Cards and invoices
        </Button>
        {isEnding ? (
          <Button size="xs" loading={keep.isRunning} onClick={() => void keep.run({})}>
            Keep the plan
          </Button>
        ) : (
          <Button size="xs" variant="subtle" color="red" onClick={open}>
            Cancel the plan…
          </Button>
        )}
      </Group>
      <Problem of={portal} />
      <Problem of={keep} />
      <AskFirst
        isOpen={isOpen}
        onClose={close}
        title="Cancel the plan?"
        confirm="Cancel at the end of the month"
        colour="red"
        isRunning={cancel.isRunning}
        onConfirm={() => void cancel.run({}).then((done) => (done === null ? undefined : close()))}
      >
        <Text size="sm">
          It runs until <Instant at={subscription.periodEnd} />; after that nothing is sent without another
          plan. Until then you can keep it after all.
        </Text>
        <Problem of={cancel} />
      </AskFirst>
    </>
  )
}

function SwitchPlan({ item }: { item: PriceListItem }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const [key] = useState(newKey)
  const change = useAction(ChangePlanDocument, (result) => result.changePlan, [BillingDocument])
  const price = money(item.amountMinor, item.currency)
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        Change to {item.name}…
      </Button>
      <AskFirst
        isOpen={isOpen}
        onClose={close}
        title={`Change to ${item.name}?`}
        confirm={`Change to ${price} a month`}
        isRunning={change.isRunning}
        onConfirm={() =>
          void change
            .run({ code: item.code, idempotencyKey: key })
            .then((done) => (done === null ? undefined : close()))
        }
      >
        <Text size="sm">
          {quantity(item.credits, 'credit')} each month for {price}. The provider charges or credits the
          difference.
        </Text>
        <Problem of={change} />
      </AskFirst>
    </>
  )
}
