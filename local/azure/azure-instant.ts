/** An instant as most of Azure writes it: seven fractional digits, which a JavaScript `Date` cannot keep. */
export function azureInstant(at: Date): string {
  return at.toISOString().replace('Z', '0000Z');
}
