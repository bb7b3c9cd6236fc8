import { createBrowserRouter, type RouteObject } from 'react-router'
import { PageWaiting } from '../shared/page-waiting.js'
import { features } from './features.js'
import { NotFound } from './not-found.js'
import { ScreenFault } from './screen-fault.js'
import { Shell } from './shell.js'

const screens: RouteObject[] = features.flatMap((feature) =>
  feature.screens.map(({ path, load }) => ({
    path,
    lazy: async () => ({ Component: await load() }),
    ErrorBoundary: ScreenFault,
    HydrateFallback: PageWaiting,
  })),
)

/** Made once; each screen's code is fetched when it is first opened. */
export const router = createBrowserRouter([
  { path: '/', Component: Shell, children: [...screens, { path: '*', Component: NotFound }] },
])
