import { Button, Group, MultiSelect, Select, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { runOperation } from '../../../api/run-operation.js'
import { useRead } from '../../../api/use-read.js'
import { ContactsDocument, ContactTagsDocument } from '../../../generated/graphql.js'
import { count, quantity } from '../../../shared/format.js'
import { Failure } from '../../../shared/problem.js'
import { personOf, type Person } from './person.js'

const SETTLE_MS = 250
export const MEMBERS_MAX = 500

interface PeoplePickerProps {
  label: string
  description?: string
  placeholder?: string
  chosen: readonly Person[]
  /** More than one makes tags useful, too. */
  most: number
  isRequired?: boolean
  onChange: (people: Person[]) => void
}

/** Contacts by name or number, one or many. */
export function PeoplePicker(props: PeoplePickerProps): ReactNode {
  const { label, description, placeholder = 'Name or number', chosen, most, onChange } = props
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed.trim(), SETTLE_MS)
  const { data, isFetching } = useRead(
    ContactsDocument,
    { filter: search === '' ? {} : { search } },
    { keepsPrevious: true },
  )
  const found = (data?.contacts.edges ?? []).map(({ node }) => personOf(node))
  const known = new Map([...found, ...chosen].map((person) => [person.id, person]))
  return (
    <Stack gap={6}>
      <MultiSelect
        label={label}
        {...(description === undefined ? {} : { description })}
        placeholder={chosen.length >= most ? '' : placeholder}
        data={[...known.values()].map(({ id, name }) => ({ value: id, label: name }))}
        renderOption={({ option }) => <OptionWords person={known.get(option.value)} />}
        value={chosen.map(({ id }) => id)}
        onChange={(ids) => {
          // With room for one only, another choice takes its place.
          const kept = most === 1 ? ids.slice(-1) : ids.slice(0, most)
          onChange(kept.flatMap((id) => known.get(id) ?? []))
          setTyped('')
        }}
        searchable
        searchValue={typed}
        onSearchChange={setTyped}
        // The server has searched already.
        filter={({ options }) => options}
        hidePickedOptions
        clearable
        required={props.isRequired === true}
        nothingFoundMessage={isFetching ? 'Searching …' : 'Nobody like that. Add the contact first.'}
      />
      {most > 1 ? <AddByTag chosen={chosen} most={most} onChange={onChange} /> : null}
    </Stack>
  )
}

/** The number beside the name tells namesakes apart. */
function OptionWords({ person }: { person: Person | undefined }): ReactNode {
  if (person === undefined) return null
  return (
    <span>
      {person.name}
      {person.name === person.phone ? null : (
        <Text span size="sm" c="dimmed">
          {' · '}
          {person.phone}
        </Text>
      )}
    </span>
  )
}

/** Everybody who has a tag, at once. */
function AddByTag({
  chosen,
  most,
  onChange,
}: Pick<PeoplePickerProps, 'chosen' | 'most' | 'onChange'>): ReactNode {
  const tags = useRead(ContactTagsDocument, {}).data?.contactTags ?? []
  const [tag, setTag] = useState<string | null>(null)
  const [isLoading, setLoading] = useState(false)
  const [failure, setFailure] = useState<Error | null>(null)
  if (tags.length === 0) return null
  const add = async (): Promise<void> => {
    setLoading(true)
    setFailure(null)
    try {
      const people = await everybodyTagged(tag ?? '', most)
      const all = new Map([...chosen, ...people].map((person) => [person.id, person]))
      onChange([...all.values()].slice(0, most))
      setTag(null)
    } catch (error) {
      setFailure(error instanceof Error ? error : new Error('The contacts could not be read.'))
    } finally {
      setLoading(false)
    }
  }
  return (
    <>
      <Group gap="xs" align="flex-end">
        <Select
          aria-label="Everybody with the tag"
          placeholder="Everybody with the tag …"
          data={tags.map(({ tag: name, contacts }) => ({
            value: name,
            label: `${name} (${count(contacts)})`,
          }))}
          value={tag}
          onChange={setTag}
          searchable
          size="xs"
        />
        <Button
          size="xs"
          variant="default"
          disabled={tag === null}
          loading={isLoading}
          onClick={() => void add()}
        >
          Add them
        </Button>
        <Text size="xs" c="dimmed" aria-live="polite">
          {quantity(chosen.length, 'member')} of at most {count(most)}
        </Text>
      </Group>
      <Failure error={failure} />
    </>
  )
}

async function everybodyTagged(tag: string, most: number): Promise<Person[]> {
  const people: Person[] = []
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof readTagged>> = await readTagged(tag, after)
    people.push(...page.edges.map(({ node }) => personOf(node)))
    after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
  } while (after !== null && people.length < most)
  return people.slice(0, most)
}

async function readTagged(tag: string, after: string | null) {
  return (await runOperation(ContactsDocument, { filter: { tag }, after })).contacts
}
