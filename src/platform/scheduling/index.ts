export type { JobDefinition } from './job.js'
export { createScheduler, type Scheduler, type SchedulerOptions, type SchedulerState } from './scheduler.js'
