import { describe, expect, test } from 'vitest';

import { known } from '../../lib/domain/fact.ts';
import { armId } from '../../lib/domain/ids.ts';
import type { AgentReport } from '../../lib/domain/machine.ts';
import type { EvaluatedHead } from '../../lib/use-cases/evaluated.ts';
import { judgePage, type PageContext } from '../../lib/use-cases/judge-page.ts';
import { knowledgeOf } from '../../lib/use-cases/knowledge.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import { readForShard } from '../../lib/use-cases/read-everything.ts';
import { vmKeyOf } from '../../lib/use-cases/vm-key.ts';
import type { EstateResource } from '../../local/estates/estate.ts';
import { allMachines } from '../contract/all-machines.ts';
import { serviceInAzure } from '../contract/service-in-azure.ts';
import {
  configureJob,
  estateNow,
  instanceView,
  item,
  policyId,
  subscription,
  testEstate,
  vaultWithPolicy,
  vm,
  vmId,
  vmProperties,
} from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';

const certificate = await trustedCertificate();

const cells = [{ subscriptionId: subscription, region: 'westeurope' }];
const now = new Date(estateNow);
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();

/** What is stored of a VM of the estate. */
function stored(name: string, change: Partial<EvaluatedHead>): EvaluatedHead {
  const row = { subscriptionId: subscription, name, vmId: vmId(name), vmKey: vmKeyOf(armId(vmId(name))) };
  return evaluatedRow({ ...row, evidenceAt: ago(600), ...change });
}

interface Judging {
  readonly heads?: readonly EvaluatedHead[];
  readonly looksAllowed?: number;
  readonly isConcerned?: PageContext['isConcerned'];
  readonly machine?: Ports['arm']['machine'];
  readonly denied?: readonly { readonly scope: string; readonly action: string }[];
}

/** Judges all VMs of an estate as one page of a sweep. */
async function judged(resources: readonly EstateResource[], judging: Judging = {}) {
  const { heads = [], looksAllowed = 100, isConcerned, machine, denied = [] } = judging;
  const estate = testEstate({ resources: [...resources], denied: [...denied] });
  const service = await serviceInAzure(certificate, { estate });
  const shard = await readForShard(service, service.judgement, cells, 'run');
  const page = await allMachines(service.inventory, cells);
  if (page.kind === 'unknown') throw new Error(page.because.detail);
  const readings = await shard.of(page.value);
  const before = service.azure.requests.length;
  const { results, looks } = await judgePage(
    { clock: () => now, arm: machine ? { ...service.arm, machine } : service.arm },
    page.value.machines,
    {
      ...{ settings: service.judgement, runId: 'run', now, looksAllowed },
      stored: new Map(heads.map((value) => [value.vmKey, { value, version: '1' }])),
      knowledge: knowledgeOf(readings),
      around: readings.surroundings,
      ...(isConcerned ? { isConcerned } : {}),
    },
  );
  const single = service.azure.requests
    .slice(before)
    .flatMap(({ path }) => /virtualMachines\/([^/?]+)$/.exec(path)?.[1] ?? []);
  const headOf = (name: string) => results.find((each) => each.machine.vm.value.name === name)?.judged?.head;
  return { results, looks, single, headOf };
}

const withPower = (name: string, code?: string): EstateResource => {
  const { statuses: _, ...view } = instanceView();
  return vm(name, { instanceView: { ...view, statuses: code ? [{ code: `PowerState/${code}` }] : [] } });
};

const protectedVm = (name: string) => [vm(name), item(name), configureJob(name)];
const troubledVm = (name: string) => [
  vm(name),
  item(name, { protectionState: 'ProtectionStopped' }),
  configureJob(name),
];

describe('read singly', () => {
  test('is a running VM that is not protected though nothing else stands against it', async () => {
    const { looks, single, headOf } = await judged([...protectedVm('safe'), vm('bare'), ...vaultWithPolicy()]);

    expect([single, looks]).toEqual([['bare'], { made: 1, left: 0 }]);
    expect(headOf('bare')).toMatchObject({
      verdict: 'protectable',
      unknown: expect.not.arrayContaining(['agent-ready']),
      closerLook: { at: estateNow, agent: { kind: 'known' } },
    });
    expect(headOf('safe')).not.toHaveProperty('closerLook');
  });

  test.each([
    ['deallocated', []],
    ['stopped', []],
    ['running', ['web']],
    [undefined, ['web']],
  ])('is none whose power state is %s', async (power, expected) => {
    const { single, looks } = await judged([withPower('web', power), ...vaultWithPolicy()]);

    expect(single).toEqual(expected);
    expect(looks).toEqual({ made: expected.length, left: 0 });
  });

  test('is none that something else stands against', async () => {
    const { single, headOf } = await judged([vm('web')]);

    expect([headOf('web')?.verdict, single]).toEqual(['blocked', []]);
  });

  test('is a VM whose backup is in trouble', async () => {
    const { single, headOf } = await judged([...troubledVm('web'), ...vaultWithPolicy()]);

    expect([headOf('web')?.verdict, single]).toEqual(['at-risk', ['web']]);
  });

  test('is a VM of which something hangs on how many restore points it has', async () => {
    const [vault, policy] = vaultWithPolicy();
    const hourly = {
      ...{ schedulePolicyType: 'SimpleSchedulePolicyV2', scheduleRunFrequency: 'Hourly' },
      hourlySchedule: { interval: 4, scheduleWindowStartTime: '2026-01-01T08:00:00Z', scheduleWindowDuration: 24 },
    };
    const hourlyPolicy = { ...policy, properties: { ...policy?.properties, schedulePolicy: hourly } };
    const collection = {
      id: `/subscriptions/${subscription}/resourceGroups/rg/providers/Microsoft.Compute/restorePointCollections/c`,
      name: 'c',
      type: 'Microsoft.Compute/restorePointCollections',
      location: 'westeurope',
      properties: { source: { id: vmId('web') }, restorePoints: [{ name: 'a' }, { name: 'b' }] },
    };
    const resources = [vault, { ...policy, ...hourlyPolicy }, collection, ...protectedVm('web')] as EstateResource[];
    expect(resources.some(({ id }) => id === policyId())).toBe(true);

    const { looks, headOf } = await judged(resources);

    expect(looks).toEqual({ made: 1, left: 0 });
    expect(headOf('web')?.closerLook?.restorePoints).toMatchObject({ kind: 'known', value: { points: 2 } });
    expect(headOf('web')?.unknown).not.toContain('restore-point-limit');
  });
});

describe('of VMs that ask for a look', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const resources = [...names.map((name) => vm(name)), ...vaultWithPolicy()];

  test.each([
    [0, 0],
    [2, 2],
    [5, 5],
    [9, 5],
  ])('no more are read than the %i that are allowed, and the others are counted', async (looksAllowed, made) => {
    const { looks, single, results } = await judged(resources, { looksAllowed });

    expect([looks, single.length]).toEqual([{ made, left: 5 - made }, made]);
    expect(results.filter(({ judged: each }) => each?.head.closerLook)).toHaveLength(made);
    expect(results.every(({ judged: each }) => each?.head.verdict === 'protectable')).toBe(true);
  });

  test('one that ARM throttles is judged without it, and counts as left', async () => {
    const throttled: Ports['arm']['machine'] = async () => ({
      kind: 'unknown',
      because: { cause: 'throttled', detail: 'ARM throttles.' },
    });

    const { looks, headOf } = await judged([vm('a'), ...vaultWithPolicy()], { machine: throttled });

    expect(looks).toEqual({ made: 0, left: 1 });
    expect(headOf('a')?.unknown).toContain('agent-ready');
    expect(headOf('a')).not.toHaveProperty('closerLook');
  });

  test('one that is gone meanwhile is judged by what was shown, and counts as left', async () => {
    const { looks, headOf } = await judged([vm('a'), ...vaultWithPolicy()], {
      machine: async () => ({ kind: 'gone' }),
    });

    expect([looks, headOf('a')?.verdict]).toEqual([{ made: 0, left: 1 }, 'protectable']);
  });

  test('one that may not be read was looked at: its agent is unknown for that cause', async () => {
    const because = { cause: 'no-permission', detail: 'It may not be read.', action: 'x/read' } as const;

    const { looks, headOf } = await judged([vm('a'), ...vaultWithPolicy()], {
      machine: async () => ({ kind: 'unknown', because }),
    });

    expect(looks).toEqual({ made: 1, left: 0 });
    expect(headOf('a')?.closerLook?.agent).toEqual({ kind: 'unknown', because });
  });
});

describe('a look that was had before', () => {
  const resources = [vm('web', { instanceView: instanceView('Unavailable') }), ...vaultWithPolicy()];
  /** A look that showed an agent that had reported a minute before. */
  const seen = (minutes: number, change: Partial<EvaluatedHead> = {}, report: Partial<AgentReport> = {}) => {
    const status = { statusCode: 'ProvisioningState/succeeded', displayStatus: 'Ready', time: ago(minutes + 1) };
    const at = ago(minutes);
    const agent = known({ version: '2.14.0.1', ...status, ...report }, { where: 'ARM', readAt: at });
    return stored('web', { instanceId: 'guid-of-web', closerLook: { at, agent }, ...change });
  };

  test('stands in for a day, as the VM was then', async () => {
    const before = seen(24 * 60 - 1);

    const { single, looks, headOf } = await judged(resources, { heads: [before] });

    expect([single, looks]).toEqual([[], { made: 0, left: 0 }]);
    expect(headOf('web')).toMatchObject({ closerLook: before.closerLook, failing: ['health-protected'] });
    expect(headOf('web')?.unknown).not.toContain('agent-ready');
  });

  test.each([
    ['stands in while the VM is still newborn', 25, []],
    ['says nothing any more when it is not', 35, ['web']],
  ])('at a newborn VM %s', async (_, age, expected) => {
    const properties = { ...vmProperties('web'), timeCreated: ago(age) };
    const [, ...vault] = resources;
    const silent = { statusCode: 'ProvisioningState/Unavailable', displayStatus: 'Not Ready' };

    const { single } = await judged([vm('web', { properties }), ...vault], { heads: [seen(20, {}, silent)] });

    expect(single).toEqual(expected);
  });

  test('is had again after a day', async () => {
    const { single, headOf } = await judged(resources, { heads: [seen(24 * 60)] });

    expect(single).toEqual(['web']);
    expect(headOf('web')).toMatchObject({
      closerLook: { at: estateNow },
      failing: ['agent-ready', 'health-protected'],
    });
  });

  test('says nothing about a VM that was created again under the same name', async () => {
    const { single } = await judged(resources, { heads: [seen(60, { instanceId: 'guid-of-the-former' })] });

    expect(single).toEqual(['web']);
  });

  test('is kept, too old as it is, where no other one is allowed', async () => {
    const { headOf } = await judged(resources, { heads: [seen(48 * 60)], looksAllowed: 0 });

    expect(headOf('web')).toMatchObject({
      closerLook: { at: ago(48 * 60) },
      unknown: expect.arrayContaining(['agent-ready']),
    });
  });
});

describe('what is stored stands', () => {
  const resources = [vm('web'), ...vaultWithPolicy()];

  test.each([
    ['event', 4, false],
    ['event', 6, true],
    ['request', 4, false],
    ['sweep', 1, true],
  ] as const)(
    'where an event or a request saw more than Resource Graph surely shows: %s, %i minutes ago',
    async (trigger, minutes, expected) => {
      const heads = [stored('web', { trigger, evidenceAt: ago(minutes) })];

      const { results } = await judged(resources, { heads });

      expect(results[0]?.judged !== undefined).toBe(expected);
    },
  );

  test('where a run about changes has nothing to do with a VM; one that is not stored is judged all the same', async () => {
    const two = [vm('web'), vm('fresh'), vm('back'), ...vaultWithPolicy()];
    const heads = [stored('web', {}), stored('back', { goneAt: ago(60) })];

    const { headOf, results, looks } = await judged(two, { heads, isConcerned: () => false });

    expect([headOf('web'), results.length]).toEqual([undefined, 3]);
    expect([headOf('fresh')?.verdict, headOf('back')?.verdict]).toEqual(['protectable', 'protectable']);
    expect(looks).toEqual({ made: 2, left: 0 });
  });
});
