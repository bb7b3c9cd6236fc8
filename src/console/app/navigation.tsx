import { NavLink } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { useFeatures } from './use-features.js'

export function Navigation({ onGo }: { onGo: () => void }): ReactNode {
  const { pathname } = useLocation()
  return useFeatures().map(({ path, label, icon, badge: Waiting }) => {
    const isHere = isWithin(pathname, path)
    return (
      <NavLink
        key={path}
        component={Link}
        to={path}
        label={label}
        leftSection={icon}
        rightSection={Waiting === undefined ? null : <Waiting />}
        active={isHere}
        aria-current={isHere ? 'page' : undefined}
        onClick={onGo}
        style={{ borderRadius: 'var(--mantine-radius-md)' }}
      />
    )
  })
}

/** Whether an address belongs to what stands at this path. */
export function isWithin(pathname: string, path: string): boolean {
  return pathname === path || (path !== '/' && pathname.startsWith(`${path}/`))
}
