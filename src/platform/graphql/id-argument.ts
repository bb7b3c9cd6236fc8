import { parseId, type Brand } from '../../kernel/ids.js'

/** No row ever has this id: ids are made by newId. */
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** An ID argument as a branded id. Text that is no id becomes an id that does not exist: to callers both are unknown. */
export function idArgument<Id extends Brand<string, string>>(text: string): Id {
  return parseId<Id>(text) ?? (NOBODY as Id)
}
