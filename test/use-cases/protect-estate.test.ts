import { expect, test } from 'vitest';

import { EngagementDocument } from '../../lib/engagement-schema.ts';
import { createProtector } from '../../lib/protector.ts';
import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import { workOnProtection } from '../../lib/use-cases/work-on-protection.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import { randomStream } from '../../local/estates/random.ts';
import { recording } from './recording.ts';
import { serviceOfFile } from './service-of-file.ts';
import { standingClock, sweep } from './swept-estate.ts';

const service = await serviceOfFile();

const estate = generateEstate({ vms: 1000, subscriptions: 5, seed: 11 });
const perVaultAndDay = 12;

function engagementOf(mode: 'dry-run' | 'on') {
  return EngagementDocument.parse({
    caps: { perRun: 1000, perHour: 1000, perVaultAndDay },
    scopes: estate.subscriptions.map(({ subscriptionId }, number) => ({
      name: `subscription ${number}`,
      subscription: subscriptionId,
      mode,
    })),
  });
}

const isWrite = ({ method }: { readonly method: string }) => ['PUT', 'PATCH', 'DELETE'].includes(method);

test('of an estate with planted problems exactly those that can be protected end so, no faster than the cap allows', async () => {
  const clock = standingClock();
  const own = await service.on(estate, clock.now, { backupOperationMs: 0, lagClock: 'estate' });
  const { ports, sent } = recording(own.ports);
  const judged = (mode: 'dry-run' | 'on') => ({ ...own.judgement, engagement: engagementOf(mode) });
  const protector = createProtector({
    config: { ...own.config, app: 'protector' },
    ports,
    protections: own.protections,
  });
  const rows = async (): Promise<readonly Evaluated[]> => (await ports.evaluations.page({}, 2000)).rows;

  // Shown first: nothing is written, and nothing is handed over.
  await sweep(ports, judged('dry-run'));
  const planned = (await rows()).filter(({ plan }) => plan?.kind === 'plan');
  expect(planned.length).toBeGreaterThan(30);
  expect(planned.every(({ verdict }) => verdict === 'protectable')).toBe(true);
  expect(own.azure.requests.filter(isWrite)).toEqual([]);
  expect(sent.filter(({ queue }) => queue === 'protect-vm')).toEqual([]);

  // Carried out, day by day, in any order and twice.
  const random = randomStream(11, 'delivery');
  const registered = new Map<string, number>();
  for (let day = 1; day <= 30; day += 1) {
    const before = own.azure.requests.length;
    await sweep(ports, judged('on'));
    for (let turn = 0; turn < 3; turn += 1) {
      const messages = sent.splice(0).filter(({ queue }) => queue === 'protect-vm');
      const twice = random.shuffled([...messages, ...messages]);
      await Promise.all(
        twice.slice(0, 40).map(({ message }) => workOnProtection(protector, engagementOf('on'), message)),
      );
      for (const { message } of twice.slice(40)) {
        await workOnProtection(protector, engagementOf('on'), message);
      }
    }
    const puts = own.azure.requests.slice(before).filter(isWrite);
    for (const [vault, ofVault] of Map.groupBy(
      puts,
      ({ path }) => path.toLowerCase().split('/backupfabrics/')[0] ?? '',
    )) {
      expect(ofVault.length).toBeLessThanOrEqual(perVaultAndDay);
      registered.set(vault, (registered.get(vault) ?? 0) + ofVault.length);
    }
    if (puts.length === 0) {
      break;
    }
    clock.pass(24 * 60);
  }

  const attempted = await own.protections.newest(5000);
  const enabled = attempted.filter(({ state }) => state === 'enabled');
  expect(new Set(enabled.map(({ vmKey }) => vmKey)).size).toBe(enabled.length);
  expect(own.azure.requests.filter(isWrite)).toHaveLength(enabled.length);
  expect(enabled.map(({ vmKey }) => vmKey).toSorted()).toEqual(planned.map(({ vmKey }) => vmKey).toSorted());
  expect([...registered.values()].some((count) => count > perVaultAndDay)).toBe(true);

  const [{ subscriptionId } = { subscriptionId: '' }] = attempted;
  const ofOne = attempted.filter((each) => each.subscriptionId === subscriptionId);
  expect(ofOne.length).toBeLessThan(attempted.length);
  expect(await own.protections.newest(5000, [subscriptionId])).toEqual(ofOne);

  // The next sweep agrees: each has its item, and no plan is left.
  await sweep(ports, judged('on'));
  const after = new Map((await rows()).map((row) => [row.vmKey, row]));
  for (const { vmKey } of enabled) {
    expect(after.get(vmKey)).toMatchObject({ item: { state: 'IRPending' } });
  }
  expect([...after.values()].filter(({ plan }) => plan?.kind === 'plan')).toEqual([]);
}, 300_000);
