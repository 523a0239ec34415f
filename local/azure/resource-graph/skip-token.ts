import { createHash } from 'node:crypto';

/** What a continuation belongs to: the query text and the scope it was asked for. */
export function fingerprint(query: string, scope: string): string {
  const hash = createHash('sha256').update(JSON.stringify([query, scope]));
  return hash.digest('base64url').slice(0, 22);
}

/** An opaque token for the rows from `offset` on. */
export function createSkipToken(owner: string, offset: number): string {
  return Buffer.from(JSON.stringify({ owner, offset })).toString('base64');
}

/** The offset a token stands for, or undefined when it is no token or that of another query or scope. */
export function readSkipToken(token: string, owner: string): number | undefined {
  try {
    const content: unknown = JSON.parse(Buffer.from(token, 'base64').toString());
    if (typeof content !== 'object' || content === null || !('owner' in content) || !('offset' in content))
      return undefined;
    return content.owner === owner && typeof content.offset === 'number' ? content.offset : undefined;
  } catch {
    return undefined;
  }
}
