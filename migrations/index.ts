import { CreateControl1763776800000 } from './1763776800000-create-control.js'
import { CreateLedger1763776801000 } from './1763776801000-create-ledger.js'
import { CreateMessages1763776802000 } from './1763776802000-create-messages.js'
import { CreateCampaigns1763776803000 } from './1763776803000-create-campaigns.js'
import { CreateAccounts1763776810000 } from './1763776810000-create-accounts.js'
import { CreateContacts1763776820000 } from './1763776820000-create-contacts.js'
import { KeepWebhooks1763776830000 } from './1763776830000-keep-webhooks.js'
import { GuardHistory1763776831000 } from './1763776831000-guard-history.js'
import { NameLateCharge1763776840000 } from './1763776840000-name-late-charge.js'
import { CorrectLateProofs1763776840001 } from './1763776840001-correct-late-proofs.js'
import { WatchOverSending1763776850000 } from './1763776850000-watch-over-sending.js'
import { PaceAndGuard1763776860000 } from './1763776860000-pace-and-guard.js'
import { CreateBilling1763776870000 } from './1763776870000-create-billing.js'
import { KeepQuietHours1763776880000 } from './1763776880000-keep-quiet-hours.js'
import { CreateInbox1763776881000 } from './1763776881000-create-inbox.js'
import { CreateAppointments1763776882000 } from './1763776882000-create-appointments.js'
import { CreateEmails1763776883000 } from './1763776883000-create-emails.js'
import { TakeMessagesBack1763776884000 } from './1763776884000-take-messages-back.js'
import { RegisterOperations1763776886000 } from './1763776886000-register-operations.js'
import { KeepAccountHistory1763776887000 } from './1763776887000-keep-account-history.js'
import { CompareInOnePass1763776888000 } from './1763776888000-compare-in-one-pass.js'
import { CreateEndpoints1763776889000 } from './1763776889000-create-endpoints.js'
import { ReadUtcEnds1763776890000 } from './1763776890000-read-utc-ends.js'
import { PlanAgain1763776890001 } from './1763776890001-plan-again.js'
import { ReadZonesAnew1763776890002 } from './1763776890002-read-zones-anew.js'
import { ChargeContradictedFailures1763776892000 } from './1763776892000-charge-contradicted-failures.js'
import { CountRemovedOperations1763776893000 } from './1763776893000-count-removed-operations.js'
import { NamePlatformActors1763776893001 } from './1763776893001-name-platform-actors.js'
import { FindImportChanges1763776894000 } from './1763776894000-find-import-changes.js'
import { PageConsentHistory1763776894001 } from './1763776894001-page-consent-history.js'
import { NoteFailedLooks1763776895000 } from './1763776895000-note-failed-looks.js'

/** In order. Listed, not globbed, so that the build and the tests run the same ones. */
export const migrations = [
  CreateControl1763776800000,
  CreateLedger1763776801000,
  CreateMessages1763776802000,
  CreateCampaigns1763776803000,
  CreateAccounts1763776810000,
  CreateContacts1763776820000,
  KeepWebhooks1763776830000,
  GuardHistory1763776831000,
  NameLateCharge1763776840000,
  CorrectLateProofs1763776840001,
  WatchOverSending1763776850000,
  PaceAndGuard1763776860000,
  CreateBilling1763776870000,
  KeepQuietHours1763776880000,
  CreateInbox1763776881000,
  CreateAppointments1763776882000,
  CreateEmails1763776883000,
  TakeMessagesBack1763776884000,
  RegisterOperations1763776886000,
  KeepAccountHistory1763776887000,
  CompareInOnePass1763776888000,
  CreateEndpoints1763776889000,
  ReadUtcEnds1763776890000,
  PlanAgain1763776890001,
  ReadZonesAnew1763776890002,
  ChargeContradictedFailures1763776892000,
  CountRemovedOperations1763776893000,
  NamePlatformActors1763776893001,
  FindImportChanges1763776894000,
  PageConsentHistory1763776894001,
  NoteFailedLooks1763776895000,
]
