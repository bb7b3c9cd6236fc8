import { Text } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './phone-preview.module.css'

/** The text as it looks on a phone. */
export function PhonePreview({ text, caption }: { text: string; caption?: ReactNode }): ReactNode {
  return (
    <figure className={classes['phone']}>
      <div className={classes['bubble']}>{text === '' ? 'The text appears here.' : text}</div>
      {caption === undefined ? null : (
        <Text component="figcaption" size="xs" c="dimmed" mt={6}>
          {caption}
        </Text>
      )}
    </figure>
  )
}
