import { describe, expect, test } from 'vitest';

import type { Fact } from '../../lib/domain/fact.ts';
import type { MachinePage } from '../../lib/use-cases/ports.ts';
import type { FaultRule } from '../../local/azure/fault-rules.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import { allMachines, pagesOfMachines } from './all-machines.ts';
import { serviceInAzure } from './service-in-azure.ts';
import { disk, diskId, nic, nicId, subscription, testEstate, vm, vmId } from './test-estate.ts';
import { trustedCertificate } from './trusted-certificate.ts';

const certificate = await trustedCertificate();

const cells = [{ subscriptionId: subscription, region: 'westeurope' }];
const path = /Microsoft\.ResourceGraph/;
const ofVms = /storageProfile/;
const ofParts = /make_list/;

/** VMs with everything that belongs to them, read in pages of so many rows. */
function inPages(names: readonly string[], graphPageSize: number, more: readonly EstateResource[] = []) {
  const resources = [...names.map((name) => vm(name)), ...more];
  return serviceInAzure(certificate, { estate: testEstate({ resources }), graphPageSize });
}

const contentOf = (page: Fact<MachinePage>) => (page.kind === 'known' ? page.value : undefined);
const namesIn = (page: Fact<MachinePage>) => contentOf(page)?.machines.map(({ vm: { value } }) => value.name);
const partsIn = (page: Fact<MachinePage>) => {
  const parts = contentOf(page)?.parts;
  return parts?.kind === 'known' ? parts.value : undefined;
};
const disksIn = (page: Fact<MachinePage>) => [...(partsIn(page)?.disks.keys() ?? [])];

/** A page of the query of VMs as Azure would send it. */
const page = (rows: readonly unknown[], token?: string): FaultRule => ({
  ...{ path, asks: ofVms, status: 200, times: 1 },
  body: {
    ...{ totalRecords: rows.length, count: rows.length, facets: [], resultTruncated: 'false', data: rows },
    ...(token ? { $skipToken: token } : {}),
  },
});
const row = (name: string) => ({ id: vmId(name), vmKey: vmId(name).toLowerCase(), location: 'westeurope' });

describe('pages of VMs', () => {
  test('come in the order of the VMs, each with what belongs to its own', async () => {
    const { inventory } = await inPages(['e', 'B', 'd', 'a', 'c'], 2);

    const pages = await pagesOfMachines(inventory, cells);

    expect(pages.map(namesIn)).toEqual([['a', 'B'], ['c', 'd'], ['e']]);
    expect(pages.map(disksIn)).toEqual(
      [['a', 'B'], ['c', 'd'], ['e']].map((names) => names.map((name) => diskId(`${name}-os`).toLowerCase())),
    );
    expect(pages.map((each) => partsIn(each)?.nics.size)).toEqual([2, 2, 1]);
  });

  test.each([1, 7, 50])('of %i rows hold the same as one page of all', async (graphPageSize) => {
    const estate = generateEstate({ vms: 60, subscriptions: 2, seed: 11 });
    const paged = await serviceInAzure(certificate, { estate, graphPageSize });
    const counts = await paged.inventory.machineCounts();
    const wanted = counts.kind === 'known' ? counts.value : [];
    const read = await allMachines(paged.inventory, wanted);
    const whole = await serviceInAzure(certificate, { estate });

    expect(read).toEqual(await allMachines(whole.inventory, wanted));
    expect(contentOf(read)?.machines).toHaveLength(60);
  });

  test('are read one after the other: who stops early has asked for no more', async () => {
    const { azure, inventory } = await inPages(['a', 'b', 'c', 'd', 'e', 'f'], 2);

    for await (const first of inventory.machines(cells)) {
      expect(namesIn(first)).toEqual(['a', 'b']);
      break;
    }

    // The first page of VMs, and parts until those of another VM come.
    expect(azure.requests.length).toBeLessThanOrEqual(3);
  });

  test('that cannot all be read end with the cause, after those that could', async () => {
    const { azure, inventory } = await inPages(['a', 'b', 'c', 'd', 'e'], 2);
    azure.faults({ path, asks: ofVms, status: 403, spared: 1 });

    const [first, second, ...more] = await pagesOfMachines(inventory, cells);

    expect(first && namesIn(first)).toEqual(['a', 'b']);
    expect(second).toMatchObject({ kind: 'unknown', because: { cause: 'no-permission' } });
    expect(more).toEqual([]);
  });

  test('that are not in the order of the query are not taken for all VMs', async () => {
    const { azure, inventory } = await inPages([], 1000);
    azure.faults(page([row('m'), row('n')], 'more'));
    azure.faults(page([row('a'), row('o')]));

    const [first, second] = await pagesOfMachines(inventory, cells);

    expect(first?.kind).toBe('known');
    expect(second).toMatchObject({ kind: 'unknown', because: { detail: expect.stringContaining('order') } });
  });

  test('may overlap: a VM that stands on two of them, or twice on one, counts once', async () => {
    const { azure, inventory } = await inPages([], 1000);
    azure.faults(page([row('a'), row('a'), row('b')], 'more'));
    azure.faults(page([row('b'), row('c')]));

    const pages = await pagesOfMachines(inventory, cells);

    expect(pages.map(namesIn)).toEqual([['a', 'b'], ['c']]);
  });

  test('may be empty in between', async () => {
    const { azure, inventory } = await inPages(['a', 'b', 'c'], 2);
    azure.faults({ path, asks: ofVms, emptyPage: true, times: 1 });

    const read = await allMachines(inventory, cells);

    expect(namesIn(read)).toEqual(['a', 'b', 'c']);
    expect(disksIn(read)).toHaveLength(3);
  });

  test('name rows that make no sense, whatever page they stand on', async () => {
    const { azure, inventory } = await inPages([], 1000);
    azure.faults(page([row('a'), { id: vmId('b') }], 'more'));
    azure.faults(page([null, row('c')]));

    const read = await allMachines(inventory, cells);

    expect(namesIn(read)).toEqual(['a', 'c']);
    expect(contentOf(read)?.unreadable).toEqual([vmId('b'), '']);
  });
});

describe('what belongs to VMs', () => {
  test('stays unknown from where it could not be read, and the VMs are known all the same', async () => {
    const { azure, inventory } = await inPages(['a', 'b', 'c', 'd', 'e'], 2);
    azure.faults({ path, asks: ofParts, status: 403, spared: 1 });

    const pages = await pagesOfMachines(inventory, cells);

    expect(pages.map(namesIn)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
    const kinds = pages.map((each) => contentOf(each)?.parts.kind);
    // Whether b is the last VM with parts on this page is told by the next one.
    expect(kinds).toEqual(['unknown', 'unknown', 'unknown']);
    expect(contentOf(pages[0] as Fact<MachinePage>)?.parts).toMatchObject({ because: { cause: 'no-permission' } });
  });

  test('is known of the VMs before the page that could not be read', async () => {
    const { azure, inventory } = await inPages(['a', 'b', 'c', 'd', 'e', 'f'], 2);
    azure.faults({ path, asks: ofParts, status: 403, spared: 2 });

    const pages = await pagesOfMachines(inventory, cells);

    expect(pages.map((each) => contentOf(each)?.parts.kind)).toEqual(['known', 'unknown', 'unknown']);
  });

  test('comes with its VM also where others have nothing', async () => {
    const all = testEstate({ resources: [vm('a'), vm('b'), vm('c')] });
    const ofB = new Set([diskId('b-os'), nicId('b')]);
    const estate = { ...all, resources: all.resources.filter(({ id }) => !ofB.has(id)) };
    const { inventory } = await serviceInAzure(certificate, { estate, graphPageSize: 1 });

    const pages = await pagesOfMachines(inventory, cells);

    expect(pages.map(namesIn)).toEqual([['a'], ['b'], ['c']]);
    expect(pages.map((each) => disksIn(each).length)).toEqual([1, 0, 1]);
  });

  test('includes the extensions', async () => {
    const extension: EstateResource = {
      id: `${vmId('a')}/extensions/ade`,
      name: 'ade',
      type: 'Microsoft.Compute/virtualMachines/extensions',
      location: 'westeurope',
      properties: {
        publisher: 'Microsoft.Azure.Security',
        type: 'AzureDiskEncryption',
        provisioningState: 'Succeeded',
      },
    };
    const { inventory } = await inPages(['a', 'b'], 1000, [extension]);

    const read = await allMachines(inventory, cells);

    expect([...(partsIn(read)?.extensions ?? [])]).toMatchObject([[vmId('a').toLowerCase(), [{ name: 'ade' }]]]);
  });

  test('does not include shared disks and what is not attached: those are read with the surroundings, and only there', async () => {
    const shared = disk(diskId('shared'), { maxShares: 2, managedByExtended: [vmId('a'), vmId('b')] });
    const loose = [disk(diskId('loose'), { diskState: 'Unattached' }), nic(nicId('loose'))];
    const { inventory } = await inPages(['a', 'b'], 1000, [shared, ...loose]);

    const read = await allMachines(inventory, cells);
    const around = await inventory.surroundings({ subscriptionIds: [subscription], withoutParts: true });

    const looseIds = [diskId('loose'), diskId('shared')].map((id) => id.toLowerCase());
    expect(disksIn(read).toSorted()).toEqual(['a', 'b'].map((name) => diskId(`${name}-os`).toLowerCase()));
    expect(around.kind === 'known' && [...around.value.disks.keys()].toSorted()).toEqual(looseIds);
    expect(around.kind === 'known' && [...around.value.nics.keys()]).toEqual([nicId('loose').toLowerCase()]);
    expect(partsIn(read)?.nics.size).toBe(2);
  });
});
