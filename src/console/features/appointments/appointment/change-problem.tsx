import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { refresh } from '../../../api/use-read.js'
import { AppointmentDocument, type RefusalFragment } from '../../../generated/graphql.js'
import { Problem } from '../../../shared/problem.js'

interface ChangeProblemProps {
  of: { refusal: RefusalFragment | null; failure: Error | null }
  onClose: () => void
}

/** Why a change was refused. When somebody else was faster, the way to what they made of it. */
export function ChangeProblem({ of, onClose }: ChangeProblemProps): ReactNode {
  return (
    <>
      <Problem of={of} />
      {of.refusal?.reason === 'changed-meanwhile' ? (
        <Button
          variant="default"
          onClick={() => {
            void refresh(AppointmentDocument)
            onClose()
          }}
        >
          Look at it as it is now
        </Button>
      ) : null}
    </>
  )
}
