import type { ReactNode } from 'react'

/** The mark: a barrier, open. */
export function Gate({ size }: { size: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="8" fill="#0f766e" />
      <path d="M8 9v15M8 13l16-4" stroke="white" strokeWidth="3" strokeLinecap="round" />
    </svg>
  )
}
