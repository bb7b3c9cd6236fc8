type Setting = string | number | readonly string[] | null
type Settings = Readonly<Record<string, Setting>>

/** Each setting that is different now, as "before → after". */
export function changedSettings(before: Settings, after: Settings): Record<string, string> {
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, value]) => shown(value) !== shown(before[name]))
      .map(([name, value]) => [name, `${shown(before[name])} → ${shown(value)}`]),
  )
}

function shown(value: Setting | undefined): string {
  if (value == null) return '–'
  return typeof value === 'object' ? value.join(', ') : String(value)
}
