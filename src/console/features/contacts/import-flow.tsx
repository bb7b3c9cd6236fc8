import type { ReactNode } from 'react'
import { ImportProgressDocument, type ImportStoryFragment } from '../../generated/graphql.js'
import { useLiveValue } from '../../live/use-live-value.js'
import { PageWaiting } from '../../shared/page-waiting.js'
import { ImportPreview } from './import-preview.js'
import { ImportProgress } from './import-progress.js'

interface ImportFlowProps {
  importId: string
  onCompleted?: (found: ImportStoryFragment) => void
}

/** First what the file would become, then what it becomes. */
export function ImportFlow({ importId, onCompleted }: ImportFlowProps): ReactNode {
  const found = useLiveValue(ImportProgressDocument, { importId }, ({ importProgress }) => importProgress)
  if (found === null) return <PageWaiting />
  // The push after the start brings the next state, and with it the other view.
  if (found.state === 'UPLOADED') return <ImportPreview importId={importId} onStarted={() => undefined} />
  return <ImportProgress importId={importId} {...(onCompleted === undefined ? {} : { onCompleted })} />
}
