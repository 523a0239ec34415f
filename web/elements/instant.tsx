/** An ISO 8601 instant as people read it: `2026-11-20 06:00 UTC`. */
export function instantText(iso: string): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** An instant, or the words for one that is not known. */
export function Instant({
  at,
  otherwise = 'unknown',
}: {
  readonly at: string | null | undefined;
  readonly otherwise?: string;
}) {
  return at ? <time dateTime={at}>{instantText(at)}</time> : <span>{otherwise}</span>;
}
