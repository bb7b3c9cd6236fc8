import { Button, Stack } from '@mantine/core'
import { IconLock, IconWebhook } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useRead } from '../../../api/use-read.js'
import { useMay } from '../../../app/session.js'
import { WebhookEndpointsDocument } from '../../../generated/graphql.js'
import { BackLink } from '../../../shared/back-link.js'
import { Empty } from '../../../shared/empty.js'
import { Page } from '../../../shared/page.js'
import { PageWaiting } from '../../../shared/page-waiting.js'
import { Failure } from '../../../shared/problem.js'
import { Section } from '../../../shared/section.js'
import { EndpointCard } from './endpoint-card.js'
import { NewEndpoint } from './new-endpoint.js'
import { VerifyHelp } from './verify-help.js'

const ENDPOINTS_MAX = 10

/** The addresses that are told what happens. */
export function WebhooksPage(): ReactNode {
  const isOwner = useMay('OWNER')
  return isOwner ? <Endpoints /> : <OwnersOnly />
}

/** In the place of a screen that only owners may see. */
export function OwnersOnly(): ReactNode {
  return (
    <Page back={<BackLink to="/developers">Developers</BackLink>} title="Webhooks">
      <Empty icon={<IconLock />} title="Owners see webhooks">
        They carry what happens in the account to other servers, so an owner decides about them.
      </Empty>
    </Page>
  )
}

function Endpoints(): ReactNode {
  const [params, setParams] = useSearchParams()
  const { data, error } = useRead(WebhookEndpointsDocument, {})
  const endpoints = data?.webhookEndpoints ?? []
  const open = (isOpen: boolean): void => {
    setParams(isOpen ? { new: '' } : {}, { replace: true })
  }
  const button = (
    <Button
      onClick={() => {
        open(true)
      }}
    >
      New endpoint
    </Button>
  )
  return (
    <Page
      back={<BackLink to="/developers">Developers</BackLink>}
      title="Webhooks"
      hint="Your own servers are told what happens, in signed calls that are repeated until they are taken."
      actions={endpoints.length === 0 || endpoints.length >= ENDPOINTS_MAX ? null : button}
    >
      <Failure error={error} />
      {data === undefined && error === null ? <PageWaiting /> : null}
      {data !== undefined && endpoints.length === 0 ? (
        <Empty icon={<IconWebhook />} title="Nobody is told yet" action={button}>
          Name an address of yours and choose events: when a text arrives, a person answers or a campaign
          ends, Tollgate posts it there. Each call is signed, so that your receiver knows who it is from; what
          it does not take is repeated for three days and stays in a log.
        </Empty>
      ) : null}
      <Stack gap="sm">
        {endpoints.map((endpoint) => (
          <EndpointCard key={endpoint.id} endpoint={endpoint} />
        ))}
      </Stack>
      {data === undefined ? null : (
        <Section>
          <VerifyHelp />
        </Section>
      )}
      <NewEndpoint
        isOpen={params.has('new')}
        onClose={() => {
          open(false)
        }}
      />
    </Page>
  )
}
