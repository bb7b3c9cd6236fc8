import { FileButton, Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState, type DragEvent, type ReactNode } from 'react'
import { bytes } from '../../shared/format.js'
import { Refusal } from '../../shared/problem.js'
import { uploadFile, type UploadFault } from './upload-file.js'
import classes from './upload-drop.module.css'

interface UploadDropProps {
  onBegin?: () => void
  onUploaded: (importId: string) => void
}

/** Takes a file by button or by dropping it here, and sends it. */
export function UploadDrop({ onBegin, onUploaded }: UploadDropProps): ReactNode {
  const [sending, setSending] = useState<{ name: string; size: number; share: number } | null>(null)
  const [fault, setFault] = useState<UploadFault | null>(null)
  const [isOver, setOver] = useState(false)
  const send = async (file: File | null): Promise<void> => {
    if (file === null) return
    onBegin?.()
    setFault(null)
    setSending({ name: file.name, size: file.size, share: 0 })
    const result = await uploadFile(file, (share) => {
      setSending({ name: file.name, size: file.size, share })
    })
    setSending(null)
    if (result.ok) onUploaded(result.importId)
    else setFault(result.fault)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files[0] ?? null)
  }
  if (sending !== null) {
    return (
      <Stack gap={4}>
        <Text size="sm">
          Uploading {sending.name}, {bytes(sending.size)}
        </Text>
        <Progress value={sending.share * 100} aria-label="Upload" animated />
      </Stack>
    )
  }
  return (
    <Stack gap="sm">
      <div
        className={classes['drop']}
        data-over={isOver}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => {
          setOver(false)
        }}
        onDrop={drop}
      >
        <Group justify="center" gap="sm">
          <IconUpload aria-hidden />
          <FileButton onChange={(file) => void send(file)} accept=".csv,.tsv,.txt,text/csv,text/plain">
            {(props) => (
              <Button {...props} variant="light">
                Choose a CSV file
              </Button>
            )}
          </FileButton>
          <Text size="sm" c="dimmed">
            or drop it here. Any size, any column order; nothing is written before you have seen what it would
            become.
          </Text>
        </Group>
      </div>
      <Refusal refusal={fault} />
    </Stack>
  )
}
