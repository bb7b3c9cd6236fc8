import { Pagination, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState, type ReactNode } from 'react'
import { useRead } from '../../../api/use-read.js'
import { PreviewTemplateDocument, type PreviewTemplateQuery } from '../../../generated/graphql.js'
import { quantity, words } from '../../../shared/format.js'
import { PhonePreview } from '../../../shared/phone-preview.js'
import { Failure, Refusal } from '../../../shared/problem.js'
import { audienceOf, wholeText, type Draft } from './draft.js'

const SETTLE_MS = 350

/** How the text reads for the first people of the audience, as the server makes it; and what is wrong with it. */
export function TemplatePreview({ draft }: { draft: Draft }): ReactNode {
  const [settled] = useDebouncedValue(draft, SETTLE_MS)
  const [page, setPage] = useState(1)
  const isEmpty = settled.template.trim() === ''
  const { data, error } = useRead(
    PreviewTemplateDocument,
    {
      input: {
        template: settled.template,
        purpose: settled.purpose,
        optOutFooter: settled.optOutFooter,
        audience: audienceOf(settled),
      },
    },
    { isEnabled: !isEmpty, keepsPrevious: true },
  )
  const outcome = isEmpty ? undefined : data?.previewTemplate
  const samples = outcome?.__typename === 'TemplatePreview' ? outcome.samples : []
  const sample = samples[Math.min(page, samples.length) - 1]
  return (
    <Stack gap="sm">
      <Text size="sm" fw={500}>
        On the phone
      </Text>
      <PhonePreview text={sample?.body ?? wholeText(draft)} caption={captionOf(sample)} />
      {samples.length > 1 ? (
        <Pagination
          total={samples.length}
          value={Math.min(page, samples.length)}
          onChange={setPage}
          size="sm"
          getItemProps={(item) => ({ 'aria-label': `Person ${String(item)}` })}
          getControlProps={(control) => ({ 'aria-label': `${control} person` })}
        />
      ) : null}
      <Refusal refusal={outcome?.__typename === 'Refused' ? outcome : null} />
      <Failure error={isEmpty ? null : error} />
    </Stack>
  )
}

type Sample = Extract<
  PreviewTemplateQuery['previewTemplate'],
  { __typename: 'TemplatePreview' }
>['samples'][number]

function captionOf(sample: Sample | undefined): string {
  if (sample === undefined) return 'Nobody of the audience yet.'
  if (sample.skipReason != null) return `This person would be skipped: ${words(sample.skipReason)}`
  const { encoding, segments, credits } = sample
  return `${encoding ?? ''}, ${quantity(segments ?? 0, 'segment')}, ${quantity(credits ?? 0, 'credit')}`
}
