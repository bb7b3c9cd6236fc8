import { Alert, SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRead } from '../../api/use-read.js'
import { useMay } from '../../app/session.js'
import { BillingDocument, PriceListDocument } from '../../generated/graphql.js'
import { BackLink } from '../../shared/back-link.js'
import { count } from '../../shared/format.js'
import { Page } from '../../shared/page.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { Failure } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { OrderNotice } from './order-notice.js'
import { PaymentHistory } from './payment-history.js'
import { PlanSection } from './plan-section.js'
import { PriceCard } from './price-card.js'
import { TopUpForm } from './top-up-form.js'
import { useBalance } from './use-balance.js'

/** Packs, the plan, automatic top-up, and what was paid so far. */
export function BuyPage(): ReactNode {
  const isOwner = useMay('OWNER')
  const balance = useBalance()
  const prices = useRead(PriceListDocument, {}, { isEnabled: isOwner })
  const billing = useRead(BillingDocument, {}, { isEnabled: isOwner })
  if (!isOwner) {
    return (
      <Page title="Buy credits" back={<BackLink to="/credits">Credits</BackLink>}>
        <Alert color="blue">Only owners of the account buy credits. Ask one of them.</Alert>
      </Page>
    )
  }
  const error = prices.error ?? billing.error
  if (error !== null) return <Failure error={error} />
  if (prices.data === undefined || billing.data === undefined) return <PageWaiting />
  const { priceList } = prices.data
  const packs = priceList.filter(({ kind }) => kind === 'PACK')
  return (
    <Page
      title="Buy credits"
      back={<BackLink to="/credits">Credits</BackLink>}
      hint={balance === null ? ' ' : `${count(balance.available)} available now`}
    >
      <OrderNotice />
      {billing.data.billing.isFrozen ? (
        <Alert color="red" title="A payment is disputed; nothing is sent meanwhile">
          Settle it with your bank, or write to the operator of the platform.
        </Alert>
      ) : null}
      <Section
        title="Packs"
        hint="Paid once, on the payment provider’s page. Credits come when the payment is confirmed."
      >
        {packs.length === 0 ? (
          <Text c="dimmed">Nothing is sold here.</Text>
        ) : (
          <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
            {packs.map((item) => (
              <PriceCard key={item.code} item={item} />
            ))}
          </SimpleGrid>
        )}
      </Section>
      <PlanSection
        plans={priceList.filter(({ kind }) => kind === 'PLAN')}
        subscription={billing.data.billing.subscription}
      />
      <Section title="Automatic top-up" hint="Buys credits with the saved card before they run out.">
        <TopUpForm billing={billing.data.billing} />
      </Section>
      <Section title="Payments">
        <PaymentHistory />
      </Section>
    </Page>
  )
}
