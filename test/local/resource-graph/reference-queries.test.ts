import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { run, sampleRow } from './sample.ts';

/** A block in the style of the reference: a name, then comments, then a query without joins that projects id. */
const ownBlocks = `
// @name disks
// Attached disks only.
resources
| where type =~ 'microsoft.compute/disks' and isnotempty(managedBy)
| project id, name, sku = tostring(sku.name), sizeGB = toint(properties.diskSizeGB), shared = toint(properties.maxShares)
| order by id asc

// @name subnets
resources
| where type =~ 'microsoft.network/virtualnetworks'
| extend subnetCount = array_length(properties.subnets)
| mv-expand subnet = properties.subnets limit 400
| project id, subnetCount, subnetId = tostring(subnet.id), outbound = tobool(subnet.properties.defaultOutboundAccess)
| order by id asc, subnetId asc

// @name jobs
recoveryservicesresources
| where properties.backupManagementType =~ 'AzureIaasVM'
| extend startTime = todatetime(properties.startTime)
| where startTime >= ago(24h)
| project id, startTime, vaultId = tostring(split(tolower(id), '/backupjobs/')[0])
| order by id asc
`;

function blocksOf(text: string): readonly (readonly [string, string])[] {
  return text
    .split('// @name ')
    .slice(1)
    .map((block) => [block.slice(0, block.indexOf('\n')).trim(), block.slice(block.indexOf('\n'))]);
}

const disk = sampleRow({
  id: '/D1',
  name: 'd1',
  type: 'microsoft.compute/disks',
  managedBy: '/VM',
  sku: { name: 'Premium_LRS' },
  properties: { diskSizeGB: 64 },
});
const network = sampleRow({
  id: '/N1',
  type: 'microsoft.network/virtualnetworks',
  properties: { subnets: [{ id: '/N1/b', properties: { defaultOutboundAccess: false } }, { id: '/N1/a' }] },
});
const job = (id: string, startTime: string) =>
  sampleRow({ id, properties: { backupManagementType: 'AzureIaasVM', startTime } });
const tables = {
  resources: [disk, network, sampleRow({ id: '/D2', type: 'microsoft.compute/disks' }), sampleRow()],
  recoveryservicesresources: [
    job('/V/backupJobs/2', '2026-11-20T01:00:00.1234567Z'),
    job('/V/backupJobs/1', '2026-11-18T01:00:00Z'),
  ],
};

it.each([
  ['disks', [{ id: '/D1', name: 'd1', sku: 'Premium_LRS', sizeGB: 64, shared: null }]],
  [
    'subnets',
    [
      { id: '/N1', subnetCount: 2, subnetId: '/N1/a', outbound: null },
      { id: '/N1', subnetCount: 2, subnetId: '/N1/b', outbound: false },
    ],
  ],
  ['jobs', [{ id: '/V/backupJobs/2', startTime: '2026-11-20T01:00:00.1234567Z', vaultId: '/v' }]],
])('a query of %s runs', (name, expected) => {
  expect(run(new Map(blocksOf(ownBlocks)).get(name) ?? '', tables)).toEqual(expected);
});

const reference = join(import.meta.dirname, '../../../../shared/reference/queries.kql');
const hasReference = existsSync(reference);
if (!hasReference) console.info('Left out: the reference queries, because ../shared is not here.');

describe.runIf(hasReference)('the reference queries', () => {
  const all = { ...tables, resourcechanges: [], authorizationresources: [], resourcecontainers: [] };

  it.each(hasReference ? blocksOf(readFileSync(reference, 'utf8')) : [])('%s runs', (_, text) => {
    expect(run(text, all)).toBeInstanceOf(Array);
  });
});
