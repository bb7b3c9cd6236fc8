/**
 * The same function, with its answers remembered: columns of tags, zones and consent words hold few different texts many
 * times over. Forgets everything when it has remembered too much.
 */
export function remembering<Value>(
  read: (text: string) => Value,
  answersMax = 1_000,
): (text: string) => Value {
  const known = new Map<string, { value: Value }>()
  return (text) => {
    const remembered = known.get(text)
    if (remembered !== undefined) return remembered.value
    const value = read(text)
    if (known.size >= answersMax) known.clear()
    known.set(text, { value })
    return value
  }
}
