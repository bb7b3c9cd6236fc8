import { Anchor, Group, Stack, Tabs } from '@mantine/core'
import { useEffect, type ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { refresh, useRead } from '../../../api/use-read.js'
import { NotFound } from '../../../app/not-found.js'
import {
  AppointmentDocument,
  AppointmentPlanDocument,
  type AppointmentQuery,
} from '../../../generated/graphql.js'
import { useLiveValue } from '../../../live/use-live-value.js'
import { BackLink } from '../../../shared/back-link.js'
import { Facts } from '../../../shared/facts.js'
import { quantity } from '../../../shared/format.js'
import { Page } from '../../../shared/page.js'
import { PageWaiting } from '../../../shared/page-waiting.js'
import { Failure } from '../../../shared/problem.js'
import { Section } from '../../../shared/section.js'
import { StateBadge } from '../../../shared/state-badge.js'
import { clocksDiffer, placeName, zonedText } from '../local-time.js'
import { useNewsOf } from '../use-appointment-news.js'
import { clientsText, kindWords, offsetsText, roleWord } from '../wording.js'
import { AppointmentActions } from './appointment-actions.js'
import { History } from './history.js'
import { PartyTable } from './party-table.js'
import { PlanTable } from './plan-table.js'

export type AppointmentDetail = NonNullable<AppointmentQuery['appointment']>

/** One appointment: when it is for everybody, who is told what, and what can be done. */
export function AppointmentPage(): ReactNode {
  const { appointmentId = '' } = useParams()
  const { data, error } = useRead(AppointmentDocument, { id: appointmentId })
  useNewsOf([appointmentId], () => {
    void refresh(AppointmentDocument)
  })
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <PageWaiting />
  return data.appointment == null ? <NotFound /> : <Shown appointment={data.appointment} />
}

function Shown({ appointment }: { appointment: AppointmentDetail }): ReactNode {
  const plan = usePlan(appointment)
  const { title, startsAt, zone, durationMinutes, kind, state, parties, location, offsets, seriesId } =
    appointment
  const current = plan.filter(({ revision }) => revision === appointment.revision)
  const isGroup = kind === 'COHORT'
  return (
    <Page
      back={
        <BackLink to={`/appointments?date=${appointment.startsLocal.slice(0, 10)}`}>Appointments</BackLink>
      }
      title={title ?? `Appointment with ${clientsText(parties)}`}
      hint={
        <Group gap="xs">
          <StateBadge state={state} />
          <span>
            <time dateTime={startsAt}>{zonedText(startsAt, zone)}</time>, {durationMinutes} minutes, revision{' '}
            {appointment.revision}
          </span>
        </Group>
      }
      actions={<AppointmentActions appointment={appointment} />}
    >
      <Section title="When and who">
        <Facts
          facts={[
            [`In ${placeName(zone)}`, zonedText(startsAt, zone)],
            ...otherClocks(appointment),
            ['Kind', kindWords[kind]],
            ...(seriesId == null
              ? []
              : [
                  [
                    'Series',
                    <Anchor key="series" component={Link} to={`/appointments/series/${seriesId}`} size="sm">
                      All of its occurrences
                    </Anchor>,
                  ] as const,
                ]),
            ['Place', location],
            ['Reminders', offsets == null ? 'As for all appointments' : offsetsText(offsets)],
          ]}
        />
      </Section>
      <Tabs defaultValue={isGroup ? 'people' : 'plan'} keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="plan">Who is told what</Tabs.Tab>
          <Tabs.Tab value="people">
            {isGroup ? `Members (${String(clientCount(parties))})` : 'People'}
          </Tabs.Tab>
          <Tabs.Tab value="history">History</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="plan">
          <Stack gap="md">
            <PlanTable plan={current} empty="Nothing is told about this revision." />
            {plan.length > current.length ? (
              <details>
                <summary>
                  What earlier revisions were to tell (
                  {quantity(plan.length - current.length, 'notification')})
                </summary>
                <PlanTable
                  plan={plan.filter(({ revision }) => revision !== appointment.revision)}
                  empty=""
                  hasRevision
                />
              </details>
            ) : null}
          </Stack>
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <PartyTable appointment={appointment} plan={current} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <History entries={appointment.history} zone={zone} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

function clientCount(parties: AppointmentDetail['parties']): number {
  return parties.filter(({ role }) => role === 'CLIENT').length
}

const CLOCKS_SHOWN = 4

/** Everybody whose clock shows something else at that moment. */
function otherClocks({ startsAt, zone, parties }: AppointmentDetail): [string, ReactNode][] {
  const others = parties.filter((party) => clocksDiffer(startsAt, zone, party.zone))
  return others
    .slice(0, CLOCKS_SHOWN)
    .map(({ name, role, zone: own }) => [`For ${name ?? `the ${roleWord(role)}`}`, zonedText(startsAt, own)])
}

/** The plan as it is pushed; a plan of a later revision than was read means that everything else is to be read again. */
function usePlan({ id, revision, plan }: AppointmentDetail): AppointmentDetail['plan'] {
  const pushed = useLiveValue(
    AppointmentPlanDocument,
    { appointmentId: id },
    (result) => result.appointmentPlan,
  )
  const newest = Math.max(0, ...(pushed ?? []).map((entry) => entry.revision))
  useEffect(() => {
    if (newest > revision) void refresh(AppointmentDocument)
  }, [newest, revision])
  return pushed ?? plan
}
