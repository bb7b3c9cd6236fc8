import fs from 'node:fs'
import path from 'node:path'

/** The directory of package.json, wherever this code runs from (src or dist). */
export function checkoutRoot(): string {
  let directory = import.meta.dirname
  while (!fs.existsSync(path.join(directory, 'package.json'))) {
    const above = path.dirname(directory)
    if (above === directory) throw new Error('package.json not found above the running code')
    directory = above
  }
  return directory
}
