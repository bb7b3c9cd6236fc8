import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'

const TABS_MAX = 80

interface Focused {
  name: string
  isVisible: boolean
  isInSight: boolean
}

/** A keyboard and nothing else. Remembers each stop of the focus that nobody could have seen. */
export function keysOf(page: Page) {
  const unseen = new Set<string>()
  const focused = async (): Promise<Focused> => {
    const now = await page.evaluate<Focused>(`(${focusedInPage})()`)
    if (!now.isVisible) unseen.add(`the focus is not to be seen on ${now.name}`)
    if (!now.isInSight) unseen.add(`the focus is out of sight on ${now.name}`)
    return now
  }
  return {
    unseen,
    focused,
    press: (key: string) => page.keyboard.press(key),
    type: (text: string) => page.keyboard.type(text),
    /** Tab until the focus is there. */
    tabTo: async (name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
      const met: string[] = []
      for (let turn = 0; turn < TABS_MAX; turn += 1) {
        await page.keyboard.press(key)
        const now = await focused()
        if (name.test(now.name)) return
        met.push(now.name)
      }
      assert.fail(`${String(name)} is not reached by ${key}; it went over ${[...new Set(met)].join(', ')}`)
    },
  }
}

/** Runs in the page: what has the focus, by the name that a screen reader says, and whether one sees that it has it. */
const focusedInPage = `() => {
  const element = document.activeElement;
  if (element === null || element === document.body) return { name: 'the page', isVisible: true, isInSight: true };
  const byIds = (ids) => (ids ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
  const name = (element.getAttribute('aria-label') ?? '') || byIds(element.getAttribute('aria-labelledby')) ||
    [...(element.labels ?? [])].map((label) => label.textContent).join(' ') || element.textContent || element.getAttribute('placeholder') || element.tagName;
  const marked = (one) => {
    if (one === null) return false;
    const style = getComputedStyle(one);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none';
  };
  const probe = document.createElement('i');
  probe.style.borderColor = 'var(--mantine-primary-color-filled)';
  document.body.append(probe);
  const primary = getComputedStyle(probe).borderTopColor;
  probe.remove();
  const bordered = (one) => one !== null && getComputedStyle(one).borderTopColor === primary;
  const isField = element.matches('input, textarea, select');
  const near = isField ? [element, element.nextElementSibling, element.parentElement, element.closest('[data-variant]')] : [element];
  const shown = element.matches('[type=radio], [type=checkbox]') ? (element.nextElementSibling ?? element) : element;
  const box = shown.getBoundingClientRect();
  return {
    name: name.trim().replace(/\\s+/g, ' ').slice(0, 60),
    isVisible: near.some(marked) || (isField && near.some(bordered)),
    isInSight: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}`
