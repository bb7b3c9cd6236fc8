import type { Page } from 'playwright-core'

export interface LayoutFault {
  what: string
  where: string[]
}

/** What of a screen cannot be read or reached at this size; nothing on a good one. */
export async function layoutFaults(page: Page): Promise<LayoutFault[]> {
  return page.evaluate<LayoutFault[]>(`(${inPage})()`)
}

/** Runs in the page, as text: it is no part of the program that is compiled here. */
const inPage = `() => {
  const faults = [];
  const root = document.scrollingElement;
  const open = [...document.querySelectorAll('[role=dialog]')].filter((element) => element.offsetParent !== null || element.getClientRects().length > 0);
  const scope = open.at(-1) ?? document.body;
  const name = (element) => {
    const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40);
    return element.tagName.toLowerCase() + (words === '' ? '.' + element.className.toString().slice(0, 60) : ' “' + words + '”');
  };
  const isShown = (element) => {
    const box = element.getBoundingClientRect();
    // Also what lies in a closed <details> has a place, though nobody sees it.
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && box.width > 1 && box.height > 1;
  };
  const scrollsWithin = (element, side) => {
    for (let outer = element.parentElement; outer !== null && outer !== root && outer !== document.body; outer = outer.parentElement) {
      const style = getComputedStyle(outer);
      if (/auto|scroll/.test(side === 'x' ? style.overflowX : style.overflowY)) return true;
    }
    return false;
  };
  const add = (what, found) => {
    if (found.length > 0) faults.push({ what, where: [...new Set(found.map(name))].slice(0, 5) });
  };
  if (root.scrollWidth > root.clientWidth) faults.push({ what: 'the page scrolls sideways: ' + root.scrollWidth + ' of ' + root.clientWidth + ' px', where: [] });
  const parts = [...scope.querySelectorAll('button, a[href], input, select, textarea, h1, h2, h3, label, p, [role=tab], [role=img]')]
    .filter((element) => isShown(element) && !element.closest('.skip-link, [aria-hidden=true], svg'));
  add('out of sight at the side', parts.filter((element) => {
    const box = element.getBoundingClientRect();
    return (box.right > innerWidth + 1 || box.left < -1) && !scrollsWithin(element, 'x');
  }));
  add('words cut off', [...scope.querySelectorAll('button, button span, [role=tab], a[class*=Button] span, h1')]
    .filter((element) => isShown(element) && element.childElementCount === 0 && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== 'visible'));
  const controls = parts.filter((element) => element.matches('button, a[href], input:not([type=hidden]), textarea, select') && !element.disabled && getComputedStyle(element).pointerEvents !== 'none');
  const before = [scrollX, scrollY];
  const clipped = (element, box) => {
    for (let outer = element.parentElement; outer !== null && outer !== document.body; outer = outer.parentElement) {
      if (getComputedStyle(outer).overflow === 'visible') continue;
      const edge = outer.getBoundingClientRect();
      const x = box.left + box.width / 2;
      const y = box.top + box.height / 2;
      if (x < edge.left || x > edge.right || y < edge.top || y > edge.bottom) return true;
    }
    return false;
  };
  add('covered by something else', controls.filter((element) => {
    if (element.matches('input') && !element.matches('[type=text], [type=search], [type=password], [type=email], [type=date], [type=time]')) return false;
    element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
    const box = element.getBoundingClientRect();
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (top !== null && (element.contains(top) || top.contains(element) || element.closest('label')?.contains(top))) return false;
    return !clipped(element, box) || scope !== document.body;
  }));
  scrollTo(...before);
  return faults;
}`
