import { Alert, Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { useRead } from '../../api/use-read.js'
import { useMay } from '../../app/session.js'
import { BillingOrdersDocument } from '../../generated/graphql.js'
import { quantity } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { useBillingNews } from './use-billing-news.js'

/** A purchase that was begun and not finished. */
export function OrderNotice(): ReactNode {
  return useMay('OWNER') ? <Open /> : null
}

function Open(): ReactNode {
  useBillingNews()
  const orders = useRead(BillingOrdersDocument, {}).data?.billingOrders.edges ?? []
  const open = orders.map(({ node }) => node).find(({ state }) => state === 'OPEN' || state === 'PENDING')
  if (open === undefined) return null
  return (
    <Alert color="blue" title={`A purchase of ${quantity(open.credits, 'credit')} is not finished`}>
      {open.state === 'PENDING'
        ? 'The payment is on its way; the credits come as soon as it is confirmed.'
        : 'It can still be paid.'}{' '}
      {open.sessionUrl == null ? null : (
        <>
          <Anchor href={open.sessionUrl} size="sm">
            Go on to the payment
          </Anchor>{' '}
          until <Instant at={open.expiresAt} />.
        </>
      )}
    </Alert>
  )
}
