import { reminderContext } from '../domain/reminder-context.js'

export const reminder1hr = reminderContext('A reminder one hour before', 60)
