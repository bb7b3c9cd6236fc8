import { Button, Group, Stepper, Text } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { useNavigate, useParams } from 'react-router'
import { newKey } from '../../../api/new-key.js'
import { useAction } from '../../../api/use-action.js'
import { useRead } from '../../../api/use-read.js'
import { NotFound } from '../../../app/not-found.js'
import {
  CampaignDocument,
  CampaignsDocument,
  CreateCampaignDocument,
  QuoteCampaignDocument,
  UpdateCampaignDocument,
  type QuoteFragment,
} from '../../../generated/graphql.js'
import { BackLink } from '../../../shared/back-link.js'
import { Page } from '../../../shared/page.js'
import { PageWaiting } from '../../../shared/page-waiting.js'
import { Failure, Problem } from '../../../shared/problem.js'
import { Section } from '../../../shared/section.js'
import { AudienceStep } from './audience-step.js'
import { draftOf, emptyDraft, inputOf, missingAudience, type Draft } from './draft.js'
import { QuoteStep } from './quote-step.js'
import { StartPanel } from './start-panel.js'
import { TestSend } from './test-send.js'
import { TextStep } from './text-step.js'

/** What the page shows: one form, until the address is that of another campaign. */
interface Shown {
  campaignId: string | undefined
  form: string
  /** Whether the form begins with what the server has. */
  isRead: boolean
  /** The draft that the form has made: its address is the form's own. */
  madeId: string | null
}

const shownAt = (campaignId: string | undefined): Shown => ({
  ...{ campaignId, form: newKey(), isRead: campaignId !== undefined, madeId: null },
})

/** From nothing to a campaign that is about to start. A draft is kept from the quote on. */
export function WizardPage(): ReactNode {
  const { campaignId } = useParams()
  const navigate = useNavigate()
  const [shown, setShown] = useState(() => shownAt(campaignId))
  if (shown.campaignId !== campaignId)
    setShown(campaignId === shown.madeId ? { ...shown, campaignId } : shownAt(campaignId))
  const { form, isRead, madeId } = shown
  useEffect(() => {
    // Whoever leaves and comes back finds the draft, and does not make a second one.
    if (madeId !== null && campaignId === undefined)
      void navigate(`/campaigns/${madeId}/edit`, { replace: true })
  }, [madeId, campaignId, navigate])
  if (isRead && campaignId !== undefined) return <KeptDraft key={form} campaignId={campaignId} />
  const made = (id: string): void => {
    setShown((current) => (current.form === form ? { ...current, madeId: id } : current))
  }
  return <Wizard key={form} campaignId={null} start={emptyDraft} onMade={made} />
}

/** Begins with what the server has now: what was read before the last quote is not what was written for it. */
function KeptDraft({ campaignId }: { campaignId: string }): ReactNode {
  const { data, error } = useRead(CampaignDocument, { id: campaignId }, { isFresh: true })
  if (error !== null) return <Failure error={error} />
  if (data === undefined) return <PageWaiting />
  if (data.campaign == null) return <NotFound />
  return <Wizard campaignId={campaignId} start={draftOf(data.campaign)} />
}

const AUDIENCE = 0
const TEXT = 1
const QUOTE = 2

interface WizardProps {
  campaignId: string | null
  start: Draft
  onMade?: (campaignId: string) => void
}

function Wizard({ campaignId, start, onMade }: WizardProps): ReactNode {
  const navigate = useNavigate()
  const [draft, setDraft] = useState(start)
  const [step, setStep] = useState(AUDIENCE)
  const quoting = useQuoting(campaignId, onMade)
  const change = (part: Partial<Draft>): void => {
    // Of what it is by then: an upload tells of itself long after it was begun.
    setDraft((current) => ({ ...current, ...part }))
  }
  const missing = missingAudience(draft)
  const cannotQuote = missing ?? (draft.template.trim() === '' ? 'Write the text.' : null)
  const goTo = async (next: number): Promise<void> => {
    setStep(next)
    if (next !== QUOTE) return
    if (!(await quoting.run(draft))) setStep(TEXT)
  }
  const changeTerms = (part: Partial<Draft>): void => {
    const next = { ...draft, ...part }
    setDraft(next)
    void quoting.save(next)
  }
  return (
    <Page
      back={<BackLink to="/campaigns">Campaigns</BackLink>}
      title={quoting.campaignId === null ? 'New campaign' : draft.name}
      hint="Nothing is sent until you confirm at the end."
    >
      <Stepper
        active={step}
        onStepClick={(next) => void goTo(next)}
        size="sm"
        allowNextStepsSelect={false}
        aria-label="Steps"
      >
        <Stepper.Step label="Audience" description="Whom it is for" />
        <Stepper.Step label="Text" description="What it says" />
        <Stepper.Step label="Quote and start" description="What it costs" />
      </Stepper>
      <Section>
        {step === AUDIENCE ? <AudienceStep draft={draft} onChange={change} /> : null}
        {step === TEXT ? <TextStep draft={draft} onChange={change} /> : null}
        {step === QUOTE ? <QuoteStep quote={quoting.quote} draft={draft} onChange={changeTerms} /> : null}
      </Section>
      <Problem of={quoting.problem} />
      {step === QUOTE && quoting.quote !== null ? (
        <>
          <TestSend campaignId={quoting.quote.campaignId} />
          <StartPanel quote={quoting.quote} />
        </>
      ) : null}
      <Group justify="space-between">
        <Button
          variant="default"
          onClick={() => void (step === AUDIENCE ? navigate('/campaigns') : goTo(step - 1))}
        >
          Back
        </Button>
        {step === QUOTE ? null : (
          <Group gap="sm">
            <Text size="sm" c="dimmed" aria-live="polite">
              {step === AUDIENCE ? missing : cannotQuote}
            </Text>
            <Button
              disabled={(step === AUDIENCE ? missing : cannotQuote) !== null}
              loading={quoting.isRunning}
              onClick={() => void goTo(step + 1)}
            >
              {step === AUDIENCE ? 'On to the text' : 'Make the quote'}
            </Button>
          </Group>
        )}
      </Group>
    </Page>
  )
}

/** Keeps the draft on the server, and has it quoted. */
function useQuoting(
  existing: string | null,
  onMade?: (campaignId: string) => void,
): {
  campaignId: string | null
  quote: QuoteFragment | null
  isRunning: boolean
  problem: Parameters<typeof Problem>[0]['of']
  run: (draft: Draft) => Promise<boolean>
  save: (draft: Draft) => Promise<string | null>
} {
  const [campaignId, setCampaignId] = useState(existing)
  const [quote, setQuote] = useState<QuoteFragment | null>(null)
  const [key] = useState(newKey)
  const create = useAction(CreateCampaignDocument, (result) => result.createCampaign, [CampaignsDocument])
  const update = useAction(UpdateCampaignDocument, (result) => result.updateCampaign, [
    CampaignDocument,
    CampaignsDocument,
  ])
  const ask = useAction(QuoteCampaignDocument, (result) => result.quoteCampaign)
  const save = async (draft: Draft): Promise<string | null> => {
    const input = inputOf(draft)
    const kept =
      campaignId === null
        ? await create.run({ input, idempotencyKey: key })
        : await update.run({ campaignId, input })
    if (kept === null) return null
    setCampaignId(kept.id)
    if (campaignId === null) onMade?.(kept.id)
    return kept.id
  }
  const refused = [create, update, ask].find(({ refusal, failure }) => refusal !== null || failure !== null)
  return {
    campaignId,
    quote,
    isRunning: create.isRunning || update.isRunning || ask.isRunning,
    problem: refused ?? { refusal: null, failure: null },
    save,
    run: async (draft) => {
      setQuote(null)
      const id = await save(draft)
      const made = id === null ? null : await ask.run({ campaignId: id })
      setQuote(made)
      return made !== null
    },
  }
}
