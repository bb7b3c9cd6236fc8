import type { Role } from '../generated/graphql.js'
import type { Feature } from './feature.js'
import { features } from './features.js'
import { useMay, useSession } from './session.js'

/** What the person may do, as a test. */
export function useAdmits(): (needs: Role | 'platformAdmin') => boolean {
  const { isPlatformAdmin } = useSession()
  const may = { VIEWER: useMay('VIEWER'), OPERATOR: useMay('OPERATOR'), OWNER: useMay('OWNER') }
  return (needs) => (needs === 'platformAdmin' ? isPlatformAdmin : may[needs])
}

/** The parts of the console that the person may see. */
export function useFeatures(): readonly Feature[] {
  const admits = useAdmits()
  return features.filter(({ needs }) => admits(needs))
}
