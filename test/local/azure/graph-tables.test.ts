import { expect, test } from 'vitest';

import { graphTables } from '../../../local/azure/graph-table.ts';
import { catalogueEstate, collectionId, group, kinds, resource, subscription, unshown } from './catalogue-estate.ts';
import { runAzure } from './running-azure.ts';
import { tenantId, vaultId } from './small-estate.ts';

test.each(kinds.map(([table, { id, type }]) => [type, table, id]))(
  'a row of %s stands in %s and in no other table',
  async (type, expected, id) => {
    const { query } = await runAzure({ estate: catalogueEstate(), resourceGraphQuota: 'off' });

    const found = await Promise.all(
      graphTables.map(async (table) => {
        const rows = await query(`${table} | where type =~ '${type}' and id =~ '${id}' | project id`);
        return rows.map(() => table);
      }),
    );

    expect(found.flat()).toEqual([expected]);
  },
);

test.each(unshown.map(({ type, id }) => [type, id]))('%s is not shown by Resource Graph', async (_, id) => {
  const { query } = await runAzure({ estate: catalogueEstate(), resourceGraphQuota: 'off' });

  const rows = await Promise.all(graphTables.map((table) => query(`${table} | where id =~ '${id}' | project id`)));

  expect(rows.flat()).toEqual([]);
});

test('a vault stands among the resources and among what Azure Backup knows', async () => {
  const { query } = await runAzure();
  const ids = async (table: string) =>
    (await query(`${table} | where type =~ 'microsoft.recoveryservices/vaults' | project id`)).map(({ id }) => id);

  expect([await ids('resources'), await ids('recoveryservicesresources')]).toEqual([[vaultId], [vaultId]]);
});

test('a restore point collection is shown without its points', async () => {
  const { query } = await runAzure({ estate: catalogueEstate() });

  const [row] = await query(`resources | where id =~ '${collectionId}'`);

  expect(row).toHaveProperty('properties.source');
  expect(row).not.toHaveProperty('properties.restorePoints');
});

test('an assignment tells its scope, whether the estate writes it down or not', async () => {
  const own = resource(`${group}/providers/Microsoft.Authorization/policyAssignments/own`, { scope: '/said' });
  const estate = catalogueEstate();
  const { query } = await runAzure({ estate: { ...estate, resources: [...estate.resources, own] } });

  const rows = await query(
    "policyresources | where name in ('own', 'deny-untagged', 'tags') and type endswith 'assignments' | project name, scope = properties.scope | order by name asc",
  );

  expect(rows).toEqual([
    { name: 'deny-untagged', scope: subscription },
    { name: 'own', scope: '/said' },
    { name: 'tags', scope: '/providers/Microsoft.Management/managementGroups/mg-landing-zones' },
  ]);
});

test('a resource group that the estate gives as a resource shows its tags, under one name and once', async () => {
  const tagged = {
    ...resource(group.toUpperCase().replace('/SUBSCRIPTIONS/', '/subscriptions/')),
    name: 'RG-Shop',
    type: 'Microsoft.Resources/resourceGroups',
    location: 'westeurope',
    tags: { environment: 'nonprod' },
  };
  const estate = catalogueEstate();
  const { query } = await runAzure({ estate: { ...estate, resources: [...estate.resources, tagged] } });

  const rows = await query("resourcecontainers | where name =~ 'rg-shop' | project type, resourceGroup, tags");

  expect(rows).toEqual([
    {
      type: 'microsoft.resources/subscriptions/resourcegroups',
      resourceGroup: 'rg-shop',
      tags: { environment: 'nonprod' },
    },
  ]);
});

test('a management group shows in the chain of what stands below it', async () => {
  const { query } = await runAzure({ estate: catalogueEstate() });

  const rows = await query(
    "resourcecontainers | where name == 'Shop' | project chain = properties.managementGroupAncestorsChain",
  );

  expect(rows).toEqual([
    {
      chain: [
        { displayName: 'Online', name: 'mg-online' },
        { displayName: 'mg-landing-zones', name: 'mg-landing-zones' },
        { displayName: 'Tenant Root Group', name: tenantId },
      ],
    },
  ]);
});
