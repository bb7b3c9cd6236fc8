import { reminderContext } from '../domain/reminder-context.js'

export const reminder24hr = reminderContext('A reminder one day before', 24 * 60)
