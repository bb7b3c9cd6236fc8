export { liveEvents, type LiveEventsInput } from './live-events.js'
export { liveSnapshots, type LiveSnapshotsInput } from './live-snapshots.js'
