import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** The colour of the gate. White text on shade 7 has a contrast of 5.5, shade 7 on white the same. */
const teal: MantineColorsTuple = [
  ...(['#f0fdfa', '#ccfbf1', '#99f6e4', '#5eead4', '#2dd4bf'] as const),
  ...(['#14b8a6', '#0d9488', '#0f766e', '#115e59', '#134e4a'] as const),
]

/** A dark with a breath of the same green; text on the page has a contrast of 14. */
const dark: MantineColorsTuple = [
  ...(['#e4ecea', '#b9c6c3', '#93a4a0', '#61716d', '#3a4845'] as const),
  ...(['#293532', '#1b2523', '#121a19', '#0d1413', '#090e0d'] as const),
]

/** Filled shades are dark enough for white text. */
const orange: MantineColorsTuple = [
  ...(['#fff7ed', '#ffedd5', '#fed7aa', '#fdba74', '#fb923c'] as const),
  ...(['#f97316', '#ea580c', '#c2410c', '#9a3412', '#7c2d12'] as const),
]
const red: MantineColorsTuple = [
  ...(['#fef2f2', '#fee2e2', '#fecaca', '#fca5a5', '#f87171'] as const),
  ...(['#ef4444', '#dc2626', '#b91c1c', '#991b1b', '#7f1d1d'] as const),
]
const blue: MantineColorsTuple = [
  ...(['#eff6ff', '#dbeafe', '#bfdbfe', '#93c5fd', '#60a5fa'] as const),
  ...(['#3b82f6', '#2563eb', '#1d4ed8', '#1e40af', '#1e3a8a'] as const),
]

export const theme = createTheme({
  colors: { teal, orange, red, blue, dark },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  headings: { fontWeight: '650' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } },
    },
    Modal: {
      defaultProps: {
        radius: 'md',
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.45 },
      },
    },
    // The lists of closed fields cost a screen more than everything that is seen of it.
    Combobox: { defaultProps: { keepMounted: false } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Close' } } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
})
