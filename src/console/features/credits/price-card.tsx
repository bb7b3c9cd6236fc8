import { Button, Paper, Stack, Text, VisuallyHidden } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { newKey } from '../../api/new-key.js'
import { useAction } from '../../api/use-action.js'
import {
  BillingOrdersDocument,
  BuyCreditsDocument,
  StartPlanDocument,
  type PriceListQuery,
} from '../../generated/graphql.js'
import { AskFirst } from '../../shared/ask-first.js'
import { count, money, quantity } from '../../shared/format.js'
import { Problem } from '../../shared/problem.js'

export type PriceListItem = PriceListQuery['priceList'][number]

/** One thing that can be bought. The last question names credits and money; then the provider's page opens. */
export function PriceCard({ item }: { item: PriceListItem }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const [key] = useState(newKey)
  const isPlan = item.kind === 'PLAN'
  const buy = useAction(BuyCreditsDocument, (result) => result.buyCredits, [BillingOrdersDocument])
  const subscribe = useAction(StartPlanDocument, (result) => result.startPlan, [BillingOrdersDocument])
  const action = isPlan ? subscribe : buy
  const price = money(item.amountMinor, item.currency)
  const go = async (): Promise<void> => {
    const order = await action.run({ code: item.code, idempotencyKey: key })
    if (order?.sessionUrl != null) location.assign(order.sessionUrl)
  }
  return (
    <Paper withBorder p="md" radius="md">
      <Stack gap={4} h="100%">
        <Text fw={600}>{item.name}</Text>
        <Text size="xl" fw={650}>
          {price}
          {isPlan ? (
            <Text span size="sm" c="dimmed">
              {' '}
              a month
            </Text>
          ) : null}
        </Text>
        <Text size="sm" c="dimmed" mb="xs" style={{ flexGrow: 1 }}>
          {isPlan
            ? quantity(item.credits, 'credit')
            : `${money((item.amountMinor * 100) / item.credits, item.currency)} for 100 credits`}
          {item.trialDays > 0 ? `, ${count(item.trialDays)} days on trial` : ''}
          {item.rolloverCreditsMax > 0
            ? `, up to ${count(item.rolloverCreditsMax)} kept for the next month`
            : ''}
        </Text>
        <Button variant="light" onClick={open}>
          {isPlan ? 'Choose' : 'Buy'}
          <VisuallyHidden>&nbsp;{item.name}</VisuallyHidden>…
        </Button>
      </Stack>
      <AskFirst
        isOpen={isOpen}
        onClose={close}
        title={isPlan ? `Subscribe to ${item.name}?` : `Buy ${item.name}?`}
        confirm={`Go on to pay ${price}`}
        isRunning={action.isRunning}
        onConfirm={() => void go()}
      >
        <Text size="sm">
          <b>{quantity(item.credits, 'credit')}</b> for <b>{price}</b>
          {isPlan ? ' each month; you can cancel at any time' : ''}. You pay on the payment provider’s page,
          and can still turn back there.
        </Text>
        <Problem of={action} />
      </AskFirst>
    </Paper>
  )
}
