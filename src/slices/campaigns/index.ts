export { approveCampaign } from './approve-campaign.js'
export { type CampaignDeps, type Caller, type TextMeasure } from './campaign-deps.js'
export { cancelCampaign, type CancelCampaignResult } from './cancel-campaign.js'
export {
  campaignFailures,
  campaignProgress,
  type CampaignFailure,
  type CampaignProgress,
} from './campaign-progress.js'
export { cloneCampaign, type CloneCampaignInput, type CloneCampaignResult } from './clone-campaign.js'
export { completeFinished } from './complete-finished.js'
export { createCampaign, type CreateCampaignInput, type CreateCampaignResult } from './create-campaign.js'
export { type CampaignState } from './domain/campaign-state.js'
export { pauseWords, type PauseReason } from './domain/pause-reason.js'
export { type SkipReason } from './domain/skip-reason.js'
export { drainCancelled } from './drain-cancelled.js'
export { findCampaign, listCampaigns, listRecipients } from './find-campaigns.js'
export { findQuote, type QuoteView } from './find-quote.js'
export { pauseBlocked } from './pause-blocked.js'
export { pauseCampaign, type Drain, type PauseCampaignResult } from './pause-campaign.js'
export { prepareAudiences } from './prepare-audience.js'
export { previewTemplate, type PreviewInput, type PreviewResult } from './preview-template.js'
export { quoteCampaign, type QuoteCampaignResult } from './quote-campaign.js'
export { resumeCampaign, type ResumeCampaignInput, type ResumeCampaignResult } from './resume-campaign.js'
export { firstTurn, resumePaused, type ResumePausedInput } from './resume-paused.js'
export { runnableLanes } from './runnable-lanes.js'
export {
  scheduleCampaign,
  type ScheduleCampaignInput,
  type ScheduleCampaignResult,
} from './schedule-campaign.js'
export { sendTest, type SendTestInput, type SendTestResult } from './send-test.js'
export { startCampaign, type StartCampaignInput, type StartCampaignResult } from './start-campaign.js'
export { startDue } from './start-due.js'
export { type Campaign } from './store/campaigns.js'
export { type Recipient } from './store/recipients.js'
export { unscheduleCampaign, type UnscheduleCampaignResult } from './unschedule-campaign.js'
export { updateCampaign, type UpdateCampaignInput, type UpdateCampaignResult } from './update-campaign.js'
