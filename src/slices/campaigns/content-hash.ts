import { createHash } from 'node:crypto'
import type { CampaignContent } from './store/campaigns.js'

/**
 * What a quote is a quote of: the text, its footer, the audience, the purpose and the prices. Written as one text with a
 * fixed order, so that the same content has the same hash on every machine.
 */
export function contentHash(
  content: Pick<CampaignContent, 'template' | 'optOutFooter' | 'audience' | 'purpose'>,
  priceVersion: number,
): Buffer {
  const { template, optOutFooter, audience, purpose } = content
  const chosen = [audience.tags ?? [], audience.excludeTags ?? [], audience.importId ?? null]
  return createHash('sha256')
    .update(JSON.stringify([1, template, optOutFooter, chosen, purpose, priceVersion]))
    .digest()
}
