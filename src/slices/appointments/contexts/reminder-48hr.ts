import { reminderContext } from '../domain/reminder-context.js'

export const reminder48hr = reminderContext('A reminder two days before', 48 * 60)
