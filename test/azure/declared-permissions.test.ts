import { expect, it } from 'vitest';

import { queries } from '../../lib/azure/queries.ts';
import { readerActions } from '../../lib/reports/reader-role.ts';

/** Types that have no action of their own: they are shown to whoever may read the network (unconfirmed). */
const shownWithNetworks = ['microsoft.network/effectivesecurityadminrules'];

/** The type whose action guards a row: snapshots of rules are those rules. */
function guarded(type: string): string {
  return type.replace(/\/snapshots$/, '');
}

it('every type that a query asks for is guarded by an action that a fact declares', () => {
  const asked = Object.values(queries).flatMap((query) => query.match(/(?<=')microsoft\.[\w./]+(?=')/gi) ?? []);
  const types = [...new Set(asked.map((type) => guarded(type.toLowerCase())))].filter(
    (type) => !shownWithNetworks.includes(type) && !type.endsWith('/'),
  );
  const declared = readerActions().map((action) => action.toLowerCase());

  expect(types.length).toBeGreaterThan(25);
  expect(types.filter((type) => !declared.includes(`${type}/read`))).toEqual([]);
});
