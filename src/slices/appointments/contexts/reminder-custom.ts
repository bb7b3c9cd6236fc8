import { reminderContext } from '../domain/reminder-context.js'

export const reminderCustom = reminderContext('A reminder at any other time before', 'other')
