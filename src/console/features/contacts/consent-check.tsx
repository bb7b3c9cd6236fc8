import { Button, Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import '@mantine/dates/styles.css'
import { useDisclosure } from '@mantine/hooks'
import { IconGavel } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import { useRead } from '../../api/use-read.js'
import { ConsentAtDocument, type ConsentPurpose } from '../../generated/graphql.js'
import { Facts } from '../../shared/facts.js'
import { words } from '../../shared/format.js'
import { Instant, zoneName } from '../../shared/instant.js'
import { Failure } from '../../shared/problem.js'

/** Was there consent for this, at that moment? */
export function ConsentCheck({ phone: known = '' }: { phone?: string }): ReactNode {
  const [isOpen, { open, close }] = useDisclosure()
  const [phone, setPhone] = useState(known)
  const [purpose, setPurpose] = useState<ConsentPurpose>('MARKETING')
  const [at, setAt] = useState<string | null>(null)
  const isReady = isOpen && phone.trim() !== ''
  const { data, error } = useRead(
    ConsentAtDocument,
    { phone: phone.trim(), purpose, at: at === null ? null : new Date(at).toISOString() },
    { isEnabled: isReady },
  )
  const answer = isReady ? data?.consentAt : undefined
  return (
    <>
      <Button variant="default" leftSection={<IconGavel size={16} />} onClick={open}>
        Consent at a moment
      </Button>
      <Modal opened={isOpen} onClose={close} title="Was there consent?">
        <Stack>
          <TextInput
            label="Number"
            data-autofocus
            value={phone}
            onChange={(event) => {
              setPhone(event.currentTarget.value)
            }}
          />
          <SegmentedControl
            aria-label="For what"
            value={purpose}
            onChange={(value) => {
              setPurpose(value)
            }}
            data={[
              { value: 'MARKETING', label: 'Marketing' },
              { value: 'TRANSACTIONAL', label: 'Transactional' },
            ]}
          />
          <DateTimePicker
            label={`When (${zoneName})`}
            placeholder="Now"
            clearable
            value={at}
            onChange={setAt}
            withSeconds
          />
          <Failure error={error} />
          {answer === undefined ? null : (
            <div aria-live="polite">
              <Text fw={600}>{answer.granted ? 'Yes, there was consent.' : 'No, there was none.'}</Text>
              {answer.event == null ? (
                <Text size="sm">Nothing was ever said about it until then.</Text>
              ) : (
                <Facts
                  facts={[
                    ['Decided by', words(answer.event.action)],
                    ['How', words(answer.event.method)],
                    ['When', <Instant key="at" at={answer.event.occurredAt} />],
                    ['Written down', <Instant key="recorded" at={answer.event.recordedAt} />],
                    ['Source', answer.event.source],
                    ['What was shown', answer.event.exactText],
                    ['Event', answer.event.id],
                  ]}
                />
              )}
            </div>
          )}
        </Stack>
      </Modal>
    </>
  )
}
