import { Alert, Checkbox, Group, Loader, SimpleGrid, Stack, Table, Text } from '@mantine/core'
import { IconClock, IconCoins, IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import type { QuoteFragment } from '../../../generated/graphql.js'
import { now } from '../../../shared/clock.js'
import { count, duration, quantity } from '../../../shared/format.js'
import { instantText } from '../../../shared/instant.js'
import { Section } from '../../../shared/section.js'
import { Stat } from '../../../shared/stat.js'
import { HoursButton } from '../../quiet-hours/hours-button.js'
import { hoursWords } from './hours-words.js'
import type { StepProps } from './audience-step.js'

/** Exactly who gets it, what it costs and how long it takes; nothing has been sent. */
export function QuoteStep({
  quote,
  draft,
  onChange,
}: StepProps & { quote: QuoteFragment | null }): ReactNode {
  if (quote === null) return <Loader aria-label="Making the quote" />
  const hours = hoursWords(quote, instantText)
  const end = new Date(now().getTime() + quote.expectedSeconds * 1000)
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <Stat
          label="People who get it"
          value={count(quote.recipients)}
          icon={<IconUsers size={18} />}
          hint={`of ${count(quote.audienceSize)} in the audience`}
        />
        <Stat
          label="Credits for all of them"
          value={count(quote.credits)}
          icon={<IconCoins size={18} />}
          tone={quote.shortfallCredits > 0 ? 'warning' : 'good'}
          hint={`${count(quote.creditsMin)} to ${count(quote.creditsMax)} each; ${count(quote.availableCredits)} available`}
        />
        <Stat
          label="Takes about"
          value={duration(quote.expectedSeconds)}
          icon={<IconClock size={18} />}
          hint={`started now, it ends about ${instantText(end)}`}
        />
      </SimpleGrid>
      {hours === null ? null : <Text size="sm">{hours}</Text>}
      {quote.shortfallCredits > 0 ? (
        <Alert
          color="orange"
          title={`${quantity(quote.shortfallCredits, 'credit')} are missing to reach everybody`}
        >
          You can start all the same: it pauses by itself when the credits are used up, and goes on with the
          next person after a top-up. <Link to="/credits/buy">Buy credits</Link>
        </Alert>
      ) : null}
      {quote.staleReasons.map(({ reason, message }) => (
        <Alert key={reason} color="orange" title="This quote does not hold any more">
          {message}
        </Alert>
      ))}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Section title="Who is left out">
          {quote.skipped.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nobody.
            </Text>
          ) : (
            <Table>
              <Table.Tbody>
                {quote.skipped.map(({ reason, message, recipients }) => (
                  <Table.Tr key={reason}>
                    <Table.Td>{message}</Table.Td>
                    <Table.Td ta="right">{count(recipients)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </Section>
        <Section title="Texts">
          <Text size="sm">
            {quote.segmentsMin === quote.segmentsMax
              ? `${quantity(quote.segmentsTypical, 'segment')} each`
              : `${count(quote.segmentsMin)} to ${count(quote.segmentsMax)} segments, typically ${count(quote.segmentsTypical)}`}
            .{' '}
            {quote.ucs2Recipients > 0
              ? `${quantity(quote.ucs2Recipients, 'text')} need UCS-2, because of ${quote.culprits.map(({ character }) => character).join(' ')}`
              : 'All in GSM-7.'}
          </Text>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Country</Table.Th>
                <Table.Th ta="right">People</Table.Th>
                <Table.Th ta="right">Segments</Table.Th>
                <Table.Th ta="right">Credits</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {quote.countries.map(({ country, recipients, segments, credits }) => (
                <Table.Tr key={country}>
                  <Table.Td>{country}</Table.Td>
                  <Table.Td ta="right">{count(recipients)}</Table.Td>
                  <Table.Td ta="right">{count(segments)}</Table.Td>
                  <Table.Td ta="right">{count(credits)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Section>
      </SimpleGrid>
      <Group justify="space-between" align="flex-start">
        <Checkbox
          label="Go on by itself after a pause for credits"
          description="When credits arrive, it continues with the next person."
          checked={draft.autoResume}
          onChange={(event) => {
            onChange({ autoResume: event.currentTarget.checked })
          }}
        />
        <HoursButton campaignId={quote.campaignId} />
      </Group>
    </Stack>
  )
}
