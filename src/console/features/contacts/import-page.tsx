import type { ReactNode } from 'react'
import { useParams } from 'react-router'
import { NotFound } from '../../app/not-found.js'
import { ImportProgressDocument } from '../../generated/graphql.js'
import { useLiveValue } from '../../live/use-live-value.js'
import { BackLink } from '../../shared/back-link.js'
import { bytes, words } from '../../shared/format.js'
import { Instant } from '../../shared/instant.js'
import { Page } from '../../shared/page.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { Section } from '../../shared/section.js'
import { ImportFlow } from './import-flow.js'

/** One import, from the uploaded file to what became of it. */
export function ImportPage(): ReactNode {
  const { importId = '' } = useParams()
  const pushed = useLiveValue(ImportProgressDocument, { importId }, (result) => result)
  if (pushed === null) return <PageWaiting />
  const found = pushed.importProgress
  if (found == null) return <NotFound />
  return (
    <Page
      title={found.fileName === '' ? 'Import' : found.fileName}
      back={<BackLink to="/contacts/imports">Imports</BackLink>}
      hint={
        <>
          {words(found.state)} · {bytes(found.sizeBytes)} · <Instant at={found.createdAt} />
        </>
      }
    >
      <Section>
        <ImportFlow importId={importId} />
      </Section>
    </Page>
  )
}
