import type { Estate } from './estate.ts';
import { knownSettings } from './known-settings.ts';
import { describeValue, type Problem, pathText } from './problem.ts';

/** What is wrong with an estate of the right shape: ids given twice, subscriptions that it does not have, unknown settings. */
export function coherenceProblems(estate: Estate): Problem[] {
  const subscriptions = new Set(estate.subscriptions.map(({ subscriptionId }) => subscriptionId.toLowerCase()));
  const resources = estate.resources.map(({ id }, index) => ({ path: ['resources', index, 'id'], id }));
  const scopes = estate.denied.map(({ scope }, index) => ({ path: ['denied', index, 'scope'], id: scope }));
  const owners = estate.subscriptions.map(({ subscriptionId: id }, at) => ({
    path: ['subscriptions', at, 'subscriptionId'],
    id,
  }));
  return [
    ...twice(owners),
    ...twice(resources),
    ...strangers(resources, subscriptions, /^\/providers\//i),
    ...strangers(scopes, subscriptions, /^\//),
    ...unknownSettings(estate),
  ];
}

type Located = { readonly path: readonly PropertyKey[]; readonly id: string };

/** ARM compares ids without case, so two spellings are one id. */
function twice(located: readonly Located[]): Problem[] {
  const firstById = new Map<string, Located>();
  return located.flatMap((one) => {
    const first = firstById.get(one.id.toLowerCase());
    if (!first) {
      firstById.set(one.id.toLowerCase(), one);
      return [];
    }
    const expected = `an id of its own, not that of ${pathText(first.path.slice(0, -1))}`;
    return { path: pathText(one.path), expected, found: describeValue(one.id) };
  });
}

/**
 * Outside all subscriptions stand what is put on a management group (an assignment of Azure Policy), built-in definitions,
 * and scopes at which reads are denied; `outside` is how the ids of these begin.
 */
function strangers(located: readonly Located[], subscriptions: ReadonlySet<string>, outside: RegExp): Problem[] {
  return located.flatMap(({ path, id }) => {
    const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase();
    const isFine = subscriptionId === undefined ? outside.test(id) : subscriptions.has(subscriptionId);
    return isFine ? [] : { path: pathText(path), expected: 'a subscription of this estate', found: describeValue(id) };
  });
}

function unknownSettings({ settings }: Estate): Problem[] {
  const expected = `one of ${knownSettings.join(', ')}`;
  return Object.keys(settings)
    .filter((key) => !knownSettings.includes(key))
    .map((key) => ({
      path: pathText(['settings', key]),
      expected,
      found: `the unknown setting ${JSON.stringify(key)}`,
    }));
}
