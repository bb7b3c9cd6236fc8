import { pause } from '../stage/waiting.js'
import { openCampaigns, startNewCampaign, type World } from '../world/users.js'

const PAUSE_MS = 1_000
/** More than one, so that campaigns of an account overlap and share recipients. */
const OPEN_MAX = 2

/** Keeps every account busy: whoever has too few campaigns under way gets another one. */
export async function feedCampaigns(world: World, storm: AbortSignal): Promise<void> {
  const isOver = (): boolean => storm.aborted
  while (!isOver()) {
    const open = await openCampaigns(world)
    for (const account of world.accounts) {
      if (isOver()) return
      const own = open.filter(({ accountId }) => accountId === account.accountId).length
      if (own < OPEN_MAX) await startNewCampaign(world, account)
    }
    await pause(PAUSE_MS)
  }
}
