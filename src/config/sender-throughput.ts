const tollFree = /^\+1(?:800|833|844|855|866|877|888)/

/**
 * What a sender bears in segments per second when nobody says more about it, by what its address tells: a short code 100,
 * a toll-free number 3, any other number 1 (a registered campaign has more: say so). A Messaging Service has the sum of its
 * pool, which its address does not tell; ten is a small registered campaign, and the carrier queues the rest for hours.
 */
export function usualSegmentsPerSecond(sender: string): number {
  if (sender.startsWith('MG')) return 10
  if (/^\+?\d{3,6}$/.test(sender)) return 100
  return tollFree.test(sender) ? 3 : 1
}
