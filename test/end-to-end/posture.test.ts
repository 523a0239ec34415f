import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PostureGroup } from '../../lib/reports/posture-groups.ts';
import type { ChangePage } from '../../lib/use-cases/list-changes.ts';
import { createAzureWriter } from '../../local/demo/azure-writer.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { allVms, bodyOf, countVerdicts, postureOf, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 30, seed: 23 });
const today = estate.now.slice(0, 10);
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  neighbourhood = await startBuilt({ estate, simulated: { resourceGraphQuota: 'off' } });
  await sweep(neighbourhood);
});

afterAll(() => neighbourhood?.stop());

/** The groups of a posture by name, with the verdicts that some VM has. */
async function groupsBy(by: string): Promise<Readonly<Record<string, Readonly<Record<string, number>>>>> {
  const { groups = [] } = await postureOf(neighbourhood, `?by=${by}`);
  const counted = ({ verdicts }: PostureGroup) =>
    Object.fromEntries(Object.entries(verdicts).filter(([, count]) => count > 0));
  return Object.fromEntries(groups.map((group) => [group.group, counted(group)]));
}

async function changes(query: string): Promise<ChangePage> {
  return bodyOf(await neighbourhood.call(`reports/changes.json?${query}`));
}

describe('the posture', () => {
  it.each(['subscription', 'region', 'owner', 'rule'] as const)('by %s agrees with the VMs', async (by) => {
    const vms = await allVms(neighbourhood);
    const namesOf = {
      subscription: (vm: (typeof vms)[number]) => [vm.subscriptionId],
      region: (vm: (typeof vms)[number]) => [vm.region],
      owner: (vm: (typeof vms)[number]) => [vm.owner],
      rule: (vm: (typeof vms)[number]) => vm.failing,
    }[by];
    const pairs = vms.flatMap((vm) => namesOf(vm).map((name) => ({ name, vm })));
    const expected = [...Map.groupBy(pairs, ({ name }) => name)].map(([name, own]) => [
      name,
      countVerdicts(own.map(({ vm }) => vm)),
    ]);

    expect(await groupsBy(by)).toEqual(Object.fromEntries(expected));
  });

  it('of a scope is that of its subscription or region, however it is written', async () => {
    const [vm] = await allVms(neighbourhood, 1);
    expect.assert(vm);
    const { vms } = await postureOf(neighbourhood, `?subscription=${vm.subscriptionId}`);

    for (const scope of [vm.subscriptionId.toUpperCase(), `/subscriptions/${vm.subscriptionId}`]) {
      expect((await postureOf(neighbourhood, `?scope=${scope}`)).vms).toBe(vms);
    }
    const inRegion = await postureOf(neighbourhood, `?scope=${vm.region}`);
    expect(inRegion).toEqual(await postureOf(neighbourhood, `?region=${vm.region}`));
  });

  it('has a trend that ends as it is now, and knows nothing of the time before the first sweep', async () => {
    const { trend, verdicts } = await postureOf(neighbourhood, '?trend=2');

    expect(trend?.[0]).toMatchObject({ vms: null, verdicts: null });
    expect(trend?.[1]).toMatchObject({ day: today, vms: 30, verdicts });
  });
});

describe('what changed', () => {
  it('is nothing after the first sweep: that is where it begins', async () => {
    expect(await changes('since=24h')).toMatchObject({ changes: [], next: null });
  });

  it('is told of a VM that was deleted, and neither the posture nor the day counts it any more', async () => {
    const [vm] = await allVms(neighbourhood, 1, '&verdict=protected');
    expect.assert(vm);
    await createAzureWriter(neighbourhood.azure.armUrl, neighbourhood.certificate).remove(vm.vmId);
    const body = JSON.stringify({ vmId: vm.vmId });
    expect((await neighbourhood.call('evaluations', { method: 'POST', body })).status).toBe(404);

    const found = await changes(`since=1h&to=gone&subscription=${vm.subscriptionId}&region=${vm.region}`);

    expect(found.changes).toMatchObject([{ vmKey: vm.vmKey, name: vm.name, from: 'protected', to: 'gone' }]);
    for (const query of ['', `?day=${today}`, '?by=subscription']) {
      expect((await postureOf(neighbourhood, query)).vms, query).toBe(29);
    }
    expect((await postureOf(neighbourhood, '?trend=1')).trend).toMatchObject([{ day: today, vms: 29 }]);
  });
});
