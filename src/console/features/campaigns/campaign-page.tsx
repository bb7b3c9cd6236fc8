import { Alert, SimpleGrid, Tabs } from '@mantine/core'
import { IconCoins, IconPlayerTrackNext, IconSend, IconUsers } from '@tabler/icons-react'
import { lazy, Suspense, useDeferredValue, type ReactNode } from 'react'
import { useParams } from 'react-router'
import { useRead } from '../../api/use-read.js'
import { NotFound } from '../../app/not-found.js'
import { CampaignDocument, type CampaignQuery } from '../../generated/graphql.js'
import { BackLink } from '../../shared/back-link.js'
import { now } from '../../shared/clock.js'
import { count, duration, rate } from '../../shared/format.js'
import { Instant, instantText } from '../../shared/instant.js'
import { Page } from '../../shared/page.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { Failure } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { SplitBar, SplitLegend } from '../../shared/split-bar.js'
import { Stat } from '../../shared/stat.js'
import { StateBadge } from '../../shared/state-badge.js'
import { CampaignActions } from './campaign-actions.js'
import { CampaignContent } from './campaign-content.js'
import { FailureList } from './failure-list.js'
import { PauseNotice } from './pause-notice.js'
import { progressParts, sumOf } from './progress-parts.js'
import { RecipientTable } from './recipient-table.js'
import { useProgress, useStateNews } from './use-progress.js'

const ProgressChart = lazy(async () => ({ default: (await import('./progress-chart.js')).ProgressChart }))

export type CampaignDetail = NonNullable<CampaignQuery['campaign']>
export type Progress = CampaignDetail['progress']

/** One campaign: where everybody is, what it costs, why it stands still, and what can be done. */
export function CampaignPage(): ReactNode {
  const { campaignId = '' } = useParams()
  const { data: read, error } = useRead(CampaignDocument, { id: campaignId })
  // The largest screen of all: drawn in slices, so that it holds up nothing.
  const data = useDeferredValue(read)
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <PageWaiting />
  return data.campaign == null ? <NotFound /> : <Campaign key={data.campaign.id} campaign={data.campaign} />
}

function Campaign({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const progress = useProgress(campaign.progress)
  useStateNews(progress, campaign)
  const hasStarted = progress.audienceSize > 0
  // The numbers first, the tables with the next drawing: neither holds up what somebody does meanwhile.
  const hasTables = useDeferredValue(true, false)
  return (
    <Page
      back={<BackLink to="/campaigns">Campaigns</BackLink>}
      title={campaign.name}
      hint={
        <>
          <StateBadge state={progress.state} /> <WhenLine campaign={campaign} />
        </>
      }
      actions={<CampaignActions campaign={campaign} progress={progress} />}
    >
      <PauseNotice campaign={campaign} progress={progress} />
      {campaign.startProblem == null ? null : (
        <Alert color="orange" title={`The scheduled start did not happen: ${campaign.startProblem.message}`}>
          {campaign.startProblem.remedy}
        </Alert>
      )}
      {hasStarted ? <Numbers campaign={campaign} progress={progress} /> : null}
      {hasStarted ? <Funnel progress={progress} /> : null}
      {hasTables ? <Parts campaign={campaign} progress={progress} hasStarted={hasStarted} /> : null}
    </Page>
  )
}

interface PartsProps {
  campaign: CampaignDetail
  progress: Progress
  hasStarted: boolean
}

function Parts({ campaign, progress, hasStarted }: PartsProps): ReactNode {
  return (
    <Tabs defaultValue={hasStarted ? 'recipients' : 'content'} keepMounted={false}>
      <Tabs.List mb="md">
        {hasStarted ? <Tabs.Tab value="recipients">Recipients</Tabs.Tab> : null}
        {hasStarted ? <Tabs.Tab value="pace">Pace and forecast</Tabs.Tab> : null}
        {hasStarted ? <Tabs.Tab value="failures">What went wrong</Tabs.Tab> : null}
        <Tabs.Tab value="content">Text and audience</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="recipients">
        <RecipientTable campaignId={campaign.id} progress={progress} name={campaign.name} />
      </Tabs.Panel>
      <Tabs.Panel value="pace">
        <Suspense fallback={<PageWaiting />}>
          <ProgressChart campaign={campaign} progress={progress} />
        </Suspense>
      </Tabs.Panel>
      <Tabs.Panel value="failures">
        <FailureList campaignId={campaign.id} progress={progress} />
      </Tabs.Panel>
      <Tabs.Panel value="content">
        <CampaignContent campaign={campaign} />
      </Tabs.Panel>
    </Tabs>
  )
}

function WhenLine({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const { finishedAt, startedAt, scheduledAt, createdAt } = campaign
  if (finishedAt != null)
    return (
      <>
        finished <Instant at={finishedAt} />
      </>
    )
  if (startedAt != null)
    return (
      <>
        started <Instant at={startedAt} />
      </>
    )
  if (scheduledAt != null)
    return (
      <>
        starts <Instant at={scheduledAt} />
      </>
    )
  return (
    <>
      made <Instant at={createdAt} />
    </>
  )
}

function Numbers({ campaign, progress }: { campaign: CampaignDetail; progress: Progress }): ReactNode {
  const { secondsLeft, ratePerSecond, nextPlace, audienceSize, capCredits } = progress
  const end = secondsLeft == null ? null : new Date(now().getTime() + secondsLeft * 1000)
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
      <Stat
        label="Sent"
        value={count(progress.accepted)}
        icon={<IconSend size={18} />}
        hint={`${count(progress.delivered)} reported as delivered`}
      />
      <Stat
        label="Next recipient"
        value={nextPlace == null ? '–' : `No. ${count(nextPlace)}`}
        icon={<IconPlayerTrackNext size={18} />}
        hint={nextPlace == null ? 'Nobody waits any more' : `of ${count(audienceSize)}, in a fixed order`}
      />
      <Stat
        label="Credits spent"
        value={count(progress.capturedCredits)}
        icon={<IconCoins size={18} />}
        hint={`${count(progress.heldCredits)} held${capCredits == null ? '' : `, ${count(capCredits)} at most`}`}
      />
      <Stat
        label={progress.state === 'RUNNING' ? 'Rate' : 'Audience'}
        value={progress.state === 'RUNNING' ? rate(ratePerSecond) : count(audienceSize)}
        icon={<IconUsers size={18} />}
        hint={
          end === null
            ? campaign.purpose.toLowerCase()
            : `Ends about ${instantText(end)}, in ${duration(secondsLeft ?? 0)}`
        }
      />
    </SimpleGrid>
  )
}

/** Everybody, in exactly one place. */
function Funnel({ progress }: { progress: Progress }): ReactNode {
  const parts = progressParts(progress)
  const sum = sumOf(parts)
  return (
    <Section
      title="Where everybody is"
      hint={
        <span data-funnel-sum={sum} data-funnel-audience={progress.audienceSize}>
          {count(sum)} of {count(progress.audienceSize)} people
          {sum === progress.audienceSize ? ': it adds up.' : '…'}
        </span>
      }
    >
      <SplitBar label="Audience" parts={parts} total={progress.audienceSize} height={14} />
      <SplitLegend parts={parts} total={progress.audienceSize} />
      {progress.skippedBy.length === 0 ? null : (
        <details>
          <summary>Why {count(progress.skipped)} were skipped</summary>
          <ul>
            {progress.skippedBy.map(({ reason, message, recipients }) => (
              <li key={reason}>
                {count(recipients)}: {message}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  )
}
