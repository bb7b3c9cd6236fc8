import { createTheme } from '@mantine/core'

/** Teal is the colour of the gate. Text on it is dark enough at shade 8 in light and light enough at 4 in dark. */
export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { radius: 'md', overlayProps: { backgroundOpacity: 0.45 } } },
  },
})
