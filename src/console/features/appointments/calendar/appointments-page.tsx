import { ActionIcon, Alert, Button, Group, SegmentedControl, Select, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import {
  IconCalendarPlus,
  IconChevronLeft,
  IconChevronRight,
  IconRepeat,
  IconSettings,
} from '@tabler/icons-react'
import type { DateTime } from 'luxon'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useMay } from '../../../app/session.js'
import { Empty } from '../../../shared/empty.js'
import { Page } from '../../../shared/page.js'
import { PageWaiting } from '../../../shared/page-waiting.js'
import { Failure } from '../../../shared/problem.js'
import { today, zoneShort } from '../local-time.js'
import { ZoneSelect } from '../zone-select.js'
import { AppointmentList } from './appointment-list.js'
import { MonthGrid } from './month-grid.js'
import { daysOf, neighbour, periodOf, type View } from './period.js'
import { phoneViews, shows, useChoice, views } from './use-choice.js'
import { TimeGrid } from './time-grid.js'
import { useCalendar } from './use-calendar.js'

const PHONE = '(max-width: 48em)'

/** The calendar, live. Where one looks is in the address, so that it can be sent to somebody. */
export function AppointmentsPage(): ReactNode {
  const mayWrite = useMay('OPERATOR')
  const isPhone = useMediaQuery(PHONE)
  const { view, day, zone, show, choose } = useChoice(isPhone)
  const period = periodOf(view, day)
  const states = shows.find(({ value }) => value === show)?.states ?? null
  const { entries, error, isLoading, isCut } = useCalendar(period, states)
  const goTo = (target: DateTime): void => {
    choose({ date: target.toISODate() })
  }
  const nothing = (
    <Empty
      icon={<IconCalendarPlus />}
      title="No appointment in these days"
      action={mayWrite ? <Book /> : undefined}
    >
      Book one for a client, a series or a group. Confirmations and reminders are planned with it, each in the
      recipient’s own time and never in quiet hours.
    </Empty>
  )
  return (
    <Page
      title="Appointments"
      hint={`On the clock of ${zone}${zoneShort(day) === zone ? '' : ` (${zoneShort(day)})`}`}
      actions={
        <>
          <Button
            component={Link}
            to="/appointments/series"
            variant="default"
            leftSection={<IconRepeat size={16} />}
          >
            Series
          </Button>
          <Button
            component={Link}
            to="/appointments/settings"
            variant="default"
            leftSection={<IconSettings size={16} />}
          >
            What is told
          </Button>
          {mayWrite ? <Book /> : null}
        </>
      }
    >
      <Group justify="space-between" align="flex-end" gap="sm">
        <Group gap="xs" wrap="nowrap">
          <Step
            direction={-1}
            view={view}
            onStep={() => {
              goTo(neighbour(view, day, -1))
            }}
          />
          <Step
            direction={1}
            view={view}
            onStep={() => {
              goTo(neighbour(view, day, 1))
            }}
          />
          <Button
            variant="default"
            onClick={() => {
              goTo(today(zone))
            }}
          >
            Today
          </Button>
        </Group>
        <Group gap="sm" align="flex-end">
          <Select
            label="Show"
            data={shows.map(({ value, label }) => ({ value, label }))}
            value={show}
            onChange={(value) => {
              choose({ show: value })
            }}
            allowDeselect={false}
            w={{ base: 150, xs: 170 }}
          />
          <ZoneSelect
            label="Times in"
            value={zone}
            onChange={(value) => {
              choose({ zone: value })
            }}
            width={{ base: 196, xs: 210 }}
          />
          <SegmentedControl
            aria-label="View"
            value={view}
            onChange={(value) => {
              choose({ view: value })
            }}
            data={views.filter(({ value }) => (isPhone ? phoneViews.has(value) : true))}
          />
        </Group>
      </Group>
      <Title order={2} size="h4" aria-live="polite">
        {period.title}
      </Title>
      <Failure error={error} />
      {isCut ? (
        <Alert color="orange" title="There are more than these">
          Only the first {entries.length} are shown. Choose a shorter time.
        </Alert>
      ) : null}
      {view === 'list' ? (
        <AppointmentList rows={entries} isLoading={isLoading} zone={zone} empty={nothing} />
      ) : isLoading ? (
        <PageWaiting />
      ) : (
        <>
          {view === 'month' ? (
            <MonthGrid
              days={daysOf(period)}
              month={day.month}
              entries={entries}
              zone={zone}
              onDay={(target) => {
                choose({ date: target.toISODate(), view: 'day' })
              }}
            />
          ) : (
            <TimeGrid days={daysOf(period)} entries={entries} zone={zone} />
          )}
          {entries.length === 0 ? (
            <Text size="sm" c="dimmed">
              No appointment in these days. Confirmations and reminders are planned with each that you book,
              in the recipient’s own time and never in quiet hours.
            </Text>
          ) : null}
        </>
      )}
    </Page>
  )
}

function Book(): ReactNode {
  return (
    <Button component={Link} to="/appointments/book" leftSection={<IconCalendarPlus size={16} />}>
      Book
    </Button>
  )
}

function Step({ direction, view, onStep }: { direction: 1 | -1; view: View; onStep: () => void }): ReactNode {
  const of = view === 'list' ? '30 days' : view
  return (
    <ActionIcon
      variant="default"
      size={36}
      onClick={onStep}
      aria-label={direction === 1 ? `Next ${of}` : `Previous ${of}`}
    >
      {direction === 1 ? <IconChevronRight size={18} /> : <IconChevronLeft size={18} />}
    </ActionIcon>
  )
}
