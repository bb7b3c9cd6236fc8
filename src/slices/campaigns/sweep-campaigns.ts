import type { CampaignDeps } from './campaign-deps.js'
import { completeFinished } from './complete-finished.js'
import { drainCancelled } from './drain-cancelled.js'
import { prepareAudiences } from './prepare-audience.js'
import { resumePaused } from './resume-paused.js'
import { startDue } from './start-due.js'

/** One look at everything of campaigns that is due. Postgres says what that is; whoever calls is only a bell. */
export async function sweepCampaigns(
  deps: CampaignDeps,
  input: { carrierAvailable: boolean },
): Promise<{ started: number; prepared: number; resumed: number; completed: number; more: boolean }> {
  const { started } = await startDue(deps)
  const { prepared, more } = await prepareAudiences(deps)
  const { resumed } = await resumePaused(deps, input)
  const { completed } = await completeFinished(deps)
  await drainCancelled(deps)
  return { started, prepared, resumed, completed, more }
}
