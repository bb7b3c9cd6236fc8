import { Badge, Button, Group, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconFileImport, IconSearch, IconUsers } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { usePages } from '../../api/use-pages.js'
import { useRead } from '../../api/use-read.js'
import { useMay } from '../../app/session.js'
import {
  ContactCountDocument,
  ContactsDocument,
  ContactTagsDocument,
  type ConsentStanding,
  type ContactFilterInput,
  type ContactsQuery,
} from '../../generated/graphql.js'
import { DataTable, type Column } from '../../shared/data-table.js'
import { Empty } from '../../shared/empty.js'
import { count, countedQuantity } from '../../shared/format.js'
import { Page } from '../../shared/page.js'
import { Failure } from '../../shared/problem.js'
import { AddContact } from './add-contact.js'
import { ConsentCheck } from './consent-check.js'
import { SendabilityBadges } from './sendability.js'

type Row = ContactsQuery['contacts']['edges'][number]['node']
const SETTLE_MS = 300

/** People, and whether they may be texted. */
export function ContactsPage(): ReactNode {
  const navigate = useNavigate()
  const mayWrite = useMay('OPERATOR')
  const [params, setParams] = useSearchParams()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), SETTLE_MS)
  const tag = params.get('tag')
  const standing = params.get('marketing') as ConsentStanding | null
  const filter: ContactFilterInput = {
    ...(search === '' ? {} : { search }),
    ...(tag === null ? {} : { tag }),
    ...(standing === null ? {} : { consent: { purpose: 'MARKETING', standing } }),
  }
  const pages = usePages(ContactsDocument, { filter }, ({ contacts }) => contacts)
  const total = useRead(ContactCountDocument, { filter }, { keepsPrevious: true }).data?.contactCount
  const tags = useRead(ContactTagsDocument, {}).data?.contactTags ?? []
  const choose = (name: string, value: string | null): void => {
    setParams((before) => {
      const next = new URLSearchParams(before)
      if (value === null) next.delete(name)
      else next.set(name, value)
      return next
    })
  }
  return (
    <Page
      title="Contacts"
      hint={total === undefined ? ' ' : countedQuantity(total, 'contact')}
      actions={
        <>
          <ConsentCheck />
          {mayWrite ? (
            <>
              <AddContact />
              <Button component={Link} to="/contacts/imports" leftSection={<IconFileImport size={16} />}>
                Import
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <Group gap="sm" align="flex-end">
        <TextInput
          label="Search"
          placeholder="Name, number or e-mail"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value)
          }}
        />
        <Select
          label="Tag"
          placeholder="Any"
          clearable
          searchable
          data={tags.map(({ tag: name, contacts }) => ({
            value: name,
            label: `${name} (${count(contacts)})`,
          }))}
          value={tag}
          onChange={(value) => {
            choose('tag', value)
          }}
        />
        <Select
          label="Marketing consent"
          placeholder="Any"
          clearable
          data={[
            { value: 'GRANTED', label: 'Granted' },
            { value: 'REVOKED', label: 'Revoked' },
            { value: 'UNKNOWN', label: 'Never asked' },
          ]}
          value={standing}
          onChange={(value) => {
            choose('marketing', value)
          }}
        />
      </Group>
      <Failure error={pages.error} />
      <DataTable
        {...pages}
        label="Contacts"
        columns={columns}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void navigate(`/contacts/${id}`)}
        empty={
          <Empty
            icon={<IconUsers />}
            title={Object.keys(filter).length === 0 ? 'No contacts yet' : 'Nobody like that'}
          >
            Contacts come from files, one by one, or over the API. What each has agreed to is kept as a
            history that cannot be changed.
          </Empty>
        }
      />
    </Page>
  )
}

const columns: readonly Column<Row>[] = [
  {
    header: 'Name',
    width: 'minmax(10rem, 1.5fr)',
    cell: ({ firstName, lastName }) => [firstName, lastName].filter(Boolean).join(' ') || '–',
  },
  { header: 'Number', width: '10rem', cell: ({ phone }) => phone },
  {
    header: 'May be texted',
    width: '16.5rem',
    cell: ({ sendability }) => <SendabilityBadges sendability={sendability} />,
  },
  { header: 'Zone', width: '11rem', cell: ({ timeZone }) => timeZone ?? '–' },
  {
    header: 'Tags',
    width: 'minmax(8rem, 1fr)',
    cell: ({ tags }) => (
      <Group gap={4} wrap="nowrap">
        {tags.map((tag) => (
          <Badge key={tag} variant="default" tt="none" radius="sm">
            {tag}
          </Badge>
        ))}
      </Group>
    ),
  },
]
