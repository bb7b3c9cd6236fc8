import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { Copyable } from '../../../shared/copyable.js'
import { Instant } from '../../../shared/instant.js'
import { VerifyHelp } from './verify-help.js'

export interface NewSecret {
  secret: string
  oldSignsUntil: string | null
}

/** The one time that a secret is shown. Only the button closes it, so that no stray click loses it. */
export function SecretShown({ shown, onKept }: { shown: NewSecret | null; onKept: () => void }): ReactNode {
  return (
    <Modal
      opened={shown !== null}
      onClose={onKept}
      title="The secret, shown this once"
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
    >
      {shown === null ? null : (
        <Stack>
          <Copyable text={shown.secret} />
          <Text size="sm">
            Every call is signed with it. Keep it where your receiver keeps its secrets; if it is lost, roll
            it.
          </Text>
          {shown.oldSignsUntil === null ? null : (
            <Text size="sm">
              The secret before signs beside it until <Instant at={shown.oldSignsUntil} />: your receiver may
              take either until then.
            </Text>
          )}
          <VerifyHelp />
          <Group justify="flex-end">
            <Button onClick={onKept}>I have kept it</Button>
          </Group>
        </Stack>
      )}
    </Modal>
  )
}
