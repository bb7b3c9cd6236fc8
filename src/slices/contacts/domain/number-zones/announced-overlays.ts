/**
 * Area codes in service that the library's data has no row for yet, with the zones and the state of the area they overlay.
 * Remove a line once the data knows it; a test says when. Sources: the planning letters of the North American Numbering
 * Plan Administration.
 */
export const announcedOverlays: Readonly<Record<string, { zones: readonly string[]; state: string }>> = {
  '1357': { zones: ['America/Los_Angeles'], state: 'CA' },
  '1436': { zones: ['America/New_York'], state: 'OH' },
  '1457': { zones: ['America/Chicago'], state: 'LA' },
  '1465': { zones: ['America/New_York'], state: 'NY' },
  '1471': { zones: ['America/Chicago'], state: 'MS' },
  '1483': { zones: ['America/Chicago'], state: 'AL' },
  '1624': { zones: ['America/New_York'], state: 'NY' },
  '1679': { zones: ['America/New_York'], state: 'MI' },
  '1729': { zones: ['America/New_York', 'America/Chicago'], state: 'TN' },
  '1837': { zones: ['America/Los_Angeles'], state: 'CA' },
  '1861': { zones: ['America/Chicago'], state: 'IL' },
  '1924': { zones: ['America/Chicago'], state: 'MN' },
}
