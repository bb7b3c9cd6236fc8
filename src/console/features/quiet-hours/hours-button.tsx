import { Button, Modal } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconMoon } from '@tabler/icons-react'
import { lazy, Suspense, type ReactNode } from 'react'
import { PageWaiting } from '../../shared/page-waiting.js'

const HoursPreview = lazy(async () => ({ default: (await import('./hours-preview.js')).HoursPreview }))

/** Beside the quote of a campaign: when would each be texted, and why? */
export function HoursButton({ campaignId }: { campaignId: string }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconMoon size={14} />} onClick={open}>
        When would each be texted?
      </Button>
      <Modal opened={isOpen} onClose={close} title="When would each be texted?" size="60rem">
        <Suspense fallback={<PageWaiting />}>
          <HoursPreview campaignId={campaignId} />
        </Suspense>
      </Modal>
    </>
  )
}
