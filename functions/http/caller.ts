import type { HttpRequest } from '@azure/functions';

import type { App } from '../../lib/app.ts';
import { type Caller, isA, isVisible, keyHolder, visibleTo } from '../../lib/domain/caller.ts';
import type { Operation } from './operation.ts';
import { readPrincipal } from './principal.ts';
import { Problem } from './problem.ts';

/** The header that App Service authentication sets, and takes from requests of others. */
const principalHeader = 'x-ms-client-principal';

/**
 * Who asks; 401 where nobody can tell. With `keys` the host has seen a key, and no header is looked at: without App Service
 * authentication anybody can send it.
 */
export function callerOf(request: HttpRequest, auth: App['config']['auth']): Caller {
  if (auth.mode === 'keys') {
    return keyHolder;
  }
  const header = request.headers.get(principalHeader);
  const holder = header ? readPrincipal(header) : undefined;
  if (!holder) {
    throw new Problem(401, 'Unauthorized', 'Sign in with Microsoft Entra, or send a token for this app.');
  }
  const { objectId, name, roles, groups } = holder;
  const named = [objectId, ...groups, ...roles.map((role) => `Backstop.${role}`)];
  const subscriptions = visibleTo(named, auth.readerScopes);
  if (subscriptions === 'nothing') {
    throw new Problem(
      403,
      'Forbidden',
      'Nothing is set down that you may see: BACKSTOP_READER_SCOPES does not name you.',
    );
  }
  return { name: `${name} (${objectId})`, roles, ...(subscriptions ? { subscriptions } : {}) };
}

/** 403 where an operation is not for a caller, naming the role that is. */
export function checkRole(caller: Caller, { role, forLimited }: Operation): void {
  if (role !== 'anyone' && !isA(caller, role)) {
    throw new Problem(403, 'Forbidden', `This needs the app role Backstop.${role}.`, { role: `Backstop.${role}` });
  }
  if (role !== 'anyone' && caller.subscriptions && !forLimited) {
    throw new Problem(403, 'Forbidden', 'This is only for callers who may see all subscriptions.');
  }
}

/** 403 where a page of somebody else has the reader's browser ask for a change, with the reader's session. */
export function refuseForeignPages({ method, headers }: HttpRequest): void {
  const site = headers.get('sec-fetch-site');
  if (method !== 'GET' && (site === 'cross-site' || site === 'same-site')) {
    throw new Problem(403, 'Forbidden', 'Changes are not asked for by pages of another site.');
  }
}

/** 403 where a subscription is asked for that a caller may not see. */
export function checkVisible({ subscriptions }: Caller, subscriptionId: string): void {
  if (!isVisible(subscriptions, subscriptionId)) {
    throw new Problem(403, 'Forbidden', `You may not see subscription ${subscriptionId}.`, {
      subscription: subscriptionId,
    });
  }
}

/** The part of a filter that leaves a caller what it may see; 403 for a subscription that it may not. */
export function visibleOf(
  caller: Caller,
  { subscription }: { readonly subscription?: string | undefined },
): { readonly subscription?: string; readonly subscriptions?: readonly string[] } {
  if (subscription !== undefined) {
    checkVisible(caller, subscription);
    return {};
  }
  const { subscriptions } = caller;
  const [only, another] = subscriptions ?? [];
  // One alone is a partition of its own: nothing else is read.
  return only !== undefined && another === undefined ? { subscription: only } : subscriptions ? { subscriptions } : {};
}

/** The name under which a change is kept: that of the caller, else what the body says; 400 where neither does. */
export function nameFor({ name }: Caller, by: string | undefined): string {
  const known = name ?? by;
  if (known === undefined) {
    throw new Problem(400, 'Bad request', 'by: expected who asks, as a key does not tell.', { parameter: 'by' });
  }
  return known;
}
