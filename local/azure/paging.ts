import { type ArmAnswer, ArmError } from './arm-error.ts';
import type { ArmRequest } from './route.ts';

/** Cuts lists into pages. `value` is always there: the SDKs throw on a list without it. */
export type Pager = <T>(request: ArmRequest, items: readonly T[], shape: (item: T) => unknown) => ArmAnswer;

/**
 * Pages of `pageSize`; `nextLink` is absolute on `armUrl`, as SDKs follow it verbatim. The token stands for a position,
 * so a list that changes between pages shifts, as it may in Azure.
 */
export function createPager(armUrl: string, pageSize: number): Pager {
  return (request, items, shape) => {
    const start = positionOf(request.query.get('$skipToken'));
    const end = start + pageSize;
    const value = items.slice(start, end).map(shape);
    return { status: 200, body: end < items.length ? { value, nextLink: linkTo(request, armUrl, end) } : { value } };
  };
}

function linkTo(request: ArmRequest, armUrl: string, position: number): string {
  const query = new URLSearchParams(request.query);
  query.set('$skipToken', Buffer.from(`position:${position}`).toString('base64url'));
  return `${armUrl}${encodeURI(request.path)}?${query}`;
}

function positionOf(token: string | null): number {
  if (token === null) return 0;
  const position = /^position:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (position === undefined)
    throw new ArmError(400, 'InvalidSkipToken', 'The skip token in the request is not valid.');
  return Number(position);
}
