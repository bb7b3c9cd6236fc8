import { Code, SimpleGrid, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { count, words } from '../../shared/format.js'
import { Facts } from '../../shared/facts.js'
import { Instant } from '../../shared/instant.js'
import { PhonePreview } from '../../shared/phone-preview.js'
import { Section } from '../../shared/section.js'
import type { CampaignDetail } from './campaign-page.js'

/** What it says, to whom, and on what terms. */
export function CampaignContent({ campaign }: { campaign: CampaignDetail }): ReactNode {
  const { audience, template, optOutFooter, ownCapCredits } = campaign
  const text = optOutFooter == null ? template : `${template}\n${optOutFooter}`
  return (
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Section title="Text">
        <PhonePreview text={text} />
      </Section>
      <Section title="Terms">
        <Facts
          facts={[
            ['Purpose', words(campaign.purpose)],
            ['Only with these tags', audience.tags.length === 0 ? 'Everybody' : audience.tags.join(', ')],
            [
              'Never with these tags',
              audience.excludeTags.length === 0 ? '–' : audience.excludeTags.join(', '),
            ],
            [
              'Only from an import',
              audience.importId == null ? (
                '–'
              ) : (
                <Link to={`/contacts/imports/${audience.importId}`}>The import</Link>
              ),
            ],
            ['Goes on by itself', campaign.autoResume ? 'Yes, after a top-up' : 'No'],
            ['Own limit', ownCapCredits == null ? 'The quote' : `${count(ownCapCredits)} credits`],
            ['Not later than', <Instant key="expires" at={campaign.expiresAt} otherwise="No limit" />],
            ['Id', <Code key="id">{campaign.id}</Code>],
          ]}
        />
        {campaign.cloneOf == null ? null : (
          <Text size="sm">
            A copy of <Link to={`/campaigns/${campaign.cloneOf}`}>another campaign</Link>.
          </Text>
        )}
      </Section>
    </SimpleGrid>
  )
}
