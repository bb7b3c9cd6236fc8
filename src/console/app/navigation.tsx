import { NavLink } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { useFeatures } from './use-features.js'

export function Navigation({ onGo }: { onGo: () => void }): ReactNode {
  const { pathname } = useLocation()
  return useFeatures().map(({ path, label, icon }) => {
    const isHere = path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`)
    return (
      <NavLink
        key={path}
        component={Link}
        to={path}
        label={label}
        leftSection={icon}
        active={isHere}
        aria-current={isHere ? 'page' : undefined}
        onClick={onGo}
        style={{ borderRadius: 'var(--mantine-radius-md)' }}
      />
    )
  })
}
