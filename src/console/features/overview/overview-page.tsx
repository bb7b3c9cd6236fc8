import { Alert, Anchor, Button, SimpleGrid, Stack, Text } from '@mantine/core'
import {
  IconActivity,
  IconAntennaBars5,
  IconBan,
  IconCoins,
  IconHelpHexagon,
  IconLock,
  IconMailCheck,
  IconSend,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { refresh, useRead } from '../../api/use-read.js'
import { useMay, useSession } from '../../app/session.js'
import { AccountHealthDocument, CampaignsDocument, UnknownNowDocument } from '../../generated/graphql.js'
import { useRefreshOn } from '../../live/use-refresh-on.js'
import { useNow } from '../../shared/clock.js'
import { count, rate } from '../../shared/format.js'
import { Page } from '../../shared/page.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { Failure } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { Stat } from '../../shared/stat.js'
import { CampaignCards } from '../campaigns/campaign-cards.js'
import { useBalance } from '../credits/use-balance.js'
import { Alerts } from './alerts.js'
import { FeedList } from './feed-list.js'
import { rateAt, type Today } from './today.js'
import { useOperationFeed, type OperationFeed } from './use-operation-feed.js'
import { useToday } from './use-today.js'

const REFRESH_MS = 2_000

/** What is going on, and what needs somebody. */
export function OverviewPage(): ReactNode {
  const { account } = useSession()
  return account === null ? <NoAccount /> : <Overview name={account.name} />
}

function Overview({ name }: { name: string }): ReactNode {
  const health = useRead(AccountHealthDocument, {})
  const feed = useOperationFeed()
  const balance = useBalance()
  const mayWrite = useMay('OPERATOR')
  // What holds up sending, and what a campaign has become, is read again when an event says that it has changed.
  useRefreshOn(feed.newest[0]?.seq, REFRESH_MS, () => {
    void refresh(AccountHealthDocument, CampaignsDocument, UnknownNowDocument)
  })
  if (health.error !== null) return <Failure error={health.error} />
  if (health.data === undefined) return <PageWaiting />
  const { account } = health.data
  return (
    <Page
      title="Overview"
      hint={`${name}, today`}
      actions={
        mayWrite ? (
          <Button component={Link} to="/campaigns/new">
            New campaign
          </Button>
        ) : undefined
      }
    >
      <Alerts account={account} balance={balance} />
      <Numbers balance={balance} feed={feed} reserve={account.reserveCredits} />
      <Section
        title="Campaigns under way"
        actions={
          <Anchor component={Link} to="/campaigns" size="sm">
            All campaigns
          </Anchor>
        }
      >
        <CampaignCards />
      </Section>
      <Section title="What held up sending" hint="Each event once and in order, newest first.">
        <FeedList events={feed.newest} />
      </Section>
    </Page>
  )
}

interface NumbersProps {
  balance: ReturnType<typeof useBalance>
  feed: OperationFeed
  reserve: number
}

function Numbers({ balance, feed, reserve }: NumbersProps): ReactNode {
  const today = useToday()
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Stat
        label="Available credits"
        value={shown(balance?.available)}
        icon={<IconCoins size={18} />}
        hint={reserve > 0 ? `${count(reserve)} of them kept for appointments` : 'To spend now'}
        tone={balance !== null && balance.available <= reserve ? 'warning' : 'plain'}
      />
      <Stat
        label="Held credits"
        value={shown(balance?.held)}
        icon={<IconLock size={18} />}
        hint="Set aside for texts in flight"
      />
      <RateNow today={today} />
      <CarrierNow breaker={feed.breaker} />
      <Stat
        label="Sent today"
        value={shown(today?.sent)}
        icon={<IconSend size={18} />}
        hint="Taken by the carrier"
      />
      <Stat
        label="Delivered today"
        value={shown(today?.delivered)}
        icon={<IconMailCheck size={18} />}
        hint="Reported by the carrier"
      />
      <Stat
        label="Not delivered today"
        value={shown(today && today.failed + today.stopped)}
        icon={<IconBan size={18} />}
        hint={
          today === null ? ' ' : `${count(today.failed)} failed, ${count(today.stopped)} stopped at the gate`
        }
      />
      <UnknownOutcomes today={today} />
    </SimpleGrid>
  )
}

function shown(value: number | null | undefined): string {
  return value == null ? '…' : count(value)
}

function RateNow({ today }: { today: Today | null }): ReactNode {
  const moment = useNow(1_000)
  return (
    <Stat
      label="Rate now"
      value={today === null ? '…' : rate(rateAt(today, moment.getTime()))}
      icon={<IconActivity size={18} />}
      hint="Texts the carrier takes, over ten seconds"
    />
  )
}

const breakerWords = { closed: 'Reachable', open: 'Away', 'half open': 'Being tried' } as const

function CarrierNow({ breaker }: { breaker: OperationFeed['breaker'] }): ReactNode {
  const isClosed = breaker === 'closed'
  return (
    <Stat
      label="Carrier"
      value={breakerWords[breaker]}
      icon={<IconAntennaBars5 size={18} />}
      tone={isClosed ? 'good' : 'bad'}
      hint={isClosed ? 'Sending is possible' : 'Sending waits and goes on by itself'}
    />
  )
}

function UnknownOutcomes({ today }: { today: Today | null }): ReactNode {
  const unknown = useRead(UnknownNowDocument, {}).data?.unknownOutcomes
  useRefreshOn(today, REFRESH_MS, () => {
    void refresh(UnknownNowDocument)
  })
  const found = unknown?.edges.length ?? 0
  return (
    <Stat
      label="Unknown outcomes"
      value={unknown === undefined ? '…' : `${count(found)}${unknown.pageInfo.hasNextPage ? '+' : ''}`}
      icon={<IconHelpHexagon size={18} />}
      tone={found > 0 ? 'warning' : 'good'}
      hint={found > 0 ? 'Being looked up; their credits stay held' : 'Every outcome is known'}
    />
  )
}

/** A person without an account: an administrator, or somebody who has to choose one. */
function NoAccount(): ReactNode {
  const { isPlatformAdmin } = useSession()
  return (
    <Page title="Overview">
      <Alert color="blue" title="You work in no account">
        <Stack gap="xs">
          <Text size="sm">
            {isPlatformAdmin
              ? 'You look after the platform: its stops, unknown outcomes and breaches are under Operations.'
              : 'Choose one of your accounts in the menu at the top right.'}
          </Text>
          {isPlatformAdmin ? (
            <Anchor component={Link} to="/operations" size="sm">
              To the operations
            </Anchor>
          ) : null}
        </Stack>
      </Alert>
    </Page>
  )
}
