import { Alert, Select, Skeleton } from '@mantine/core'
import { IconMoonOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useRead } from '../../api/use-read.js'
import { useMay } from '../../app/session.js'
import { CampaignsDocument, QuietHoursDocument } from '../../generated/graphql.js'
import { Page } from '../../shared/page.js'
import { Failure } from '../../shared/problem.js'
import { Section } from '../../shared/section.js'
import { HoursForm, HoursShown } from './hours-form.js'
import { HoursPreview } from './hours-preview.js'

/** When texts may go, on the clock of each person; and what that means for one campaign. */
export function QuietHoursPage(): ReactNode {
  const mayChange = useMay('OWNER')
  const { data, error } = useRead(QuietHoursDocument, {})
  const hours = data?.quietHours
  return (
    <Page title="Quiet hours" hint="On the clock of whoever gets the text, wherever they may be.">
      {hours?.waiver == null ? null : (
        <Alert color="orange" icon={<IconMoonOff />} title="Lifted by the administration of the platform">
          {hours.waiver} Until they are put back, texts of this account go at any hour and the cap does not
          count.
        </Alert>
      )}
      <Section
        title="Hours of this account"
        hint="Stricter laws of states count all the same. A text that meets a closed hour waits; it is not lost."
      >
        <Failure error={error} />
        {hours === undefined ? (
          <Skeleton height={140} />
        ) : mayChange ? (
          <HoursForm key={JSON.stringify(hours)} hours={hours} />
        ) : (
          <HoursShown hours={hours} />
        )}
      </Section>
      <Section
        title="Preview"
        hint="Nothing is sent: the rules of the gate, asked about the audience as it is now."
      >
        <ChosenCampaign />
      </Section>
    </Page>
  )
}

/** The choice stands in the address, so that it can be sent to a colleague. */
function ChosenCampaign(): ReactNode {
  const [params, setParams] = useSearchParams()
  const campaignId = params.get('campaign')
  const campaigns = useRead(CampaignsDocument, { states: null }).data?.campaigns.edges ?? []
  return (
    <>
      <Select
        label="Campaign"
        placeholder="Choose one"
        searchable
        maw={360}
        data={campaigns.map(({ node }) => ({ value: node.id, label: node.name }))}
        value={campaignId}
        onChange={(value) => {
          setParams(value === null ? {} : { campaign: value })
        }}
      />
      {campaignId === null ? null : <HoursPreview key={campaignId} campaignId={campaignId} />}
    </>
  )
}
