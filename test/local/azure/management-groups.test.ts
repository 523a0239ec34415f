import { expect, test } from 'vitest';

import type { DeniedRead } from '../../../local/estates/estate.ts';
import { assignments, catalogueEstate, groupId, parentGroupId, resource, strangeGroupId } from './catalogue-estate.ts';
import { pageOf, refusalOf, runAzure } from './running-azure.ts';
import { otherSubscriptionId, subscriptionId, tenantId, vmId } from './small-estate.ts';

const subscription = `/subscriptions/${subscriptionId}`;
const otherSubscription = `/subscriptions/${otherSubscriptionId}`;
const read = 'Microsoft.Authorization/policyAssignments/read';
const { onVm, onSubscription, onGroup, onParent, elsewhere } = assignments;
const query =
  "policyresources | where type =~ 'microsoft.authorization/policyassignments' | project id | order by id asc";

async function visible(denied: readonly DeniedRead[]): Promise<unknown[]> {
  const azure = await runAzure({ estate: catalogueEstate(denied) });
  return (await azure.query(query)).map(({ id }) => id);
}

test.each<[string, DeniedRead[], string[]]>([
  ['nobody is denied anything', [], [onVm, onSubscription, onGroup, onParent, elsewhere]],
  ['one subscription is denied', [{ scope: subscription, action: read }], [elsewhere]],
  [
    'reading the other subscription is denied',
    [{ scope: otherSubscription, action: '*' }],
    [onVm, onSubscription, onGroup, onParent],
  ],
  ['the group is denied', [{ scope: groupId, action: read }], [elsewhere]],
  ['the parent group is denied, in another case', [{ scope: parentGroupId.toUpperCase(), action: read }], [elsewhere]],
  ['a group elsewhere is denied', [{ scope: strangeGroupId, action: read }], [onVm, onSubscription, onGroup, onParent]],
  ['a VM is denied', [{ scope: vmId('web1'), action: read }], [onSubscription, onGroup, onParent, elsewhere]],
  ['everything is denied', [{ scope: '/', action: read }], []],
])('assignments that show when %s', async (_, denied, expected) => {
  expect((await visible(denied)).toSorted()).toEqual(expected.toSorted());
});

test('what is put on a group without subscriptions is seen by nobody, what is put on the root group by everybody', async () => {
  const onRoot = `/providers/Microsoft.Management/managementGroups/${tenantId}/providers/Microsoft.Authorization/policyAssignments/r`;
  const lost =
    '/providers/Microsoft.Management/managementGroups/mg-empty/providers/Microsoft.Authorization/policyAssignments/l';
  const estate = catalogueEstate();
  const azure = await runAzure({
    estate: { ...estate, resources: [...estate.resources, resource(onRoot), resource(lost)] },
  });

  const ids = (await azure.query(query)).map(({ id }) => id);

  expect(ids).toContain(onRoot);
  expect(ids).not.toContain(lost);
});

test('a denial at a management group holds in the subscriptions below', async () => {
  const { send, query: ask } = await runAzure({
    estate: catalogueEstate([{ scope: parentGroupId, action: 'Microsoft.Compute/virtualMachines/read' }]),
  });

  const refused = await send('GET', vmId('web1'));
  const rows = await ask("resources | where type =~ 'microsoft.compute/virtualmachines'");

  expect(refusalOf(refused).code).toBe('AuthorizationFailed');
  expect(rows).toEqual([]);
});

test('groups that stand in a circle hang nothing', async () => {
  const estate = catalogueEstate();
  const circle = resource(parentGroupId, { details: { parent: { id: groupId } } });
  const azure = await runAzure({ estate: { ...estate, resources: [...estate.resources, circle] } });

  const [row] = await azure.query(
    "resourcecontainers | where name == 'Shop' | project above = array_length(properties.managementGroupAncestorsChain)",
  );

  expect(row).toEqual({ above: 3 });
});

const mine = { subscriptions: [subscriptionId] };

test.each([
  ['a subscription shows what is put on it and below', mine, undefined, [onSubscription, onVm]],
  ['and what it inherits, if asked', mine, 'AtScopeAboveAndBelow', [onSubscription, onVm, onGroup, onParent]],
  ['or without what is below', mine, 'AtScopeAndAbove', [onSubscription, onGroup, onParent]],
  ['or itself alone', mine, 'AtScopeExact', [onSubscription]],
  [
    'a management group shows itself and below',
    { managementGroups: ['MG-Online'] },
    undefined,
    [onGroup, onSubscription, onVm],
  ],
  ['with the group above it', { managementGroups: ['mg-online'] }, 'AtScopeAndAbove', [onGroup, onParent]],
  [
    'a parent shows the groups below',
    { managementGroups: ['mg-landing-zones'] },
    undefined,
    [onParent, onGroup, onSubscription, onVm],
  ],
  [
    'the root shows everything',
    { managementGroups: [tenantId] },
    undefined,
    [onParent, onGroup, onSubscription, onVm, elsewhere],
  ],
] as const)('%s', async (_, scope, authorizationScopeFilter, expected) => {
  const { graph } = await runAzure({ estate: catalogueEstate() });
  const limits =
    'subscriptions' in scope
      ? { subscriptions: [...scope.subscriptions] }
      : { managementGroups: [...scope.managementGroups] };

  const { data } = await graph.resources({
    query: 'policyresources | where type endswith "/policyassignments" | project id',
    ...limits,
    options: {
      resultFormat: 'objectArray',
      ...(authorizationScopeFilter === undefined ? {} : { authorizationScopeFilter }),
    },
  });

  expect(data.map(({ id }: { id: string }) => id).toSorted()).toEqual(expected.toSorted());
});

test('ARM lists for a subscription what it inherits, and reads it by its id', async () => {
  const { send } = await runAzure({ estate: catalogueEstate() });
  const ids = async (path: string) => pageOf(await send('GET', path)).value.map(({ id }) => id);
  const list = `${subscription}/providers/Microsoft.Authorization/policyAssignments`;

  const one = await send('GET', onParent);

  expect((await ids(list)).toSorted()).toEqual([onVm, onSubscription, onGroup, onParent].toSorted());
  expect((await ids(`${list}?$filter=atScope()`)).toSorted()).toEqual([onSubscription, onGroup, onParent].toSorted());
  expect(await ids(`${list}?$filter=atExactScope()`)).toEqual([onSubscription]);
  expect(await ids(`${otherSubscription}/providers/Microsoft.Authorization/policyAssignments`)).toEqual([elsewhere]);
  expect(await ids(`${parentGroupId}/providers/Microsoft.Authorization/policyAssignments`)).toEqual([onParent]);
  expect(one.body).toMatchObject({ id: onParent, properties: { scope: parentGroupId } });
});

test('role assignments are found by their principal, and a filter that is not simulated is refused', async () => {
  const { send } = await runAzure({ estate: catalogueEstate() });
  const list = `${vmId('web1')}/providers/Microsoft.Authorization/roleAssignments`;

  const found = await send('GET', `${list}?$filter=${encodeURIComponent("principalId eq 'P1'")}`);
  const others = await send('GET', `${list}?$filter=${encodeURIComponent("principalId eq 'p2'")}`);
  const refused = await send('GET', `${list}?$filter=assignedTo('p1')`);

  expect(pageOf(found).value.map(({ name }) => name)).toEqual(['ra']);
  expect(pageOf(others).value).toEqual([]);
  expect(refused.status).toBe(400);
});

test('a refused list of assignments names its action', async () => {
  const { send } = await runAzure({ estate: catalogueEstate([{ scope: groupId, action: read }]) });

  const answer = await send('GET', `${subscription}/providers/Microsoft.Authorization/policyAssignments`);

  expect(answer.status).toBe(403);
  expect(refusalOf(answer).message).toContain(`action '${read}' over scope '${subscription}'`);
});
