import { Select, type StyleProp } from '@mantine/core'
import type { ReactNode } from 'react'

const zones = Intl.supportedValuesOf('timeZone').filter((zone) => zone.includes('/'))
const SHOWN_MAX = 60

export interface ZoneSelectProps {
  label: string
  description?: string
  placeholder?: string
  value: string | null
  onChange: (zone: string | null) => void
  isRequired?: boolean
  isClearable?: boolean
  width?: StyleProp<number>
}

/** A time zone by its place. Typing part of a city finds it. */
export function ZoneSelect(props: ZoneSelectProps): ReactNode {
  const { label, description, placeholder = 'America/New_York', value, onChange } = props
  return (
    <Select
      label={label}
      {...(description === undefined ? {} : { description })}
      placeholder={placeholder}
      data={value === null || zones.includes(value) ? zones : [value, ...zones]}
      value={value}
      onChange={onChange}
      searchable
      limit={SHOWN_MAX}
      required={props.isRequired === true}
      clearable={props.isClearable === true}
      allowDeselect={props.isClearable === true}
      nothingFoundMessage="No such place"
      {...(props.width === undefined ? {} : { w: props.width })}
      filter={({ options, search }) => {
        const wanted = search.trim().toLowerCase().replaceAll(' ', '_')
        return options.filter((option) => 'value' in option && option.value.toLowerCase().includes(wanted))
      }}
    />
  )
}
