import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Estate } from '../../../local/estates/estate.ts';
import { generateEstate, generateLabelledEstate } from '../../../local/estates/generate.ts';
import { loadEstate } from '../../../local/estates/load.ts';

const sha256 = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const machine = 'Microsoft.Compute/virtualMachines';

function machines({ resources }: Estate) {
  return resources.filter(({ type }) => type === machine);
}

/** Every ARM id that a body mentions. */
function mentioned(value: unknown): string[] {
  if (typeof value === 'string') return /^\/subscriptions\/[^/]+\/resourcegroups\//i.test(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(mentioned) : [];
}

/** The resource that must exist for an id: galleries are outside the estate, fabrics and containers inside a vault. */
function known(estate: Estate): (id: string) => boolean {
  const ids = new Set(
    estate.resources.flatMap((resource) =>
      mentioned(resource.properties)
        .concat(resource.id)
        .filter((id) => id === resource.id || id.startsWith(`${resource.id}/`))
        .map((id) => id.toLowerCase()),
    ),
  );
  return (id) => ids.has(id.toLowerCase()) || /\/galleries\//.test(id);
}

describe('generateEstate', () => {
  it('makes the same bytes from the same seed', () => {
    expect(sha256(generateEstate({ vms: 60, seed: 7 }))).toBe(sha256(generateEstate({ vms: 60, seed: 7 })));
  });

  it('makes another estate from another seed', () => {
    expect(sha256(generateEstate({ vms: 60, seed: 7 }))).not.toBe(sha256(generateEstate({ vms: 60, seed: 8 })));
  });

  it.each([0, 1, 40, 300])('makes %i VMs', (vms) => {
    expect(machines(generateEstate({ vms, seed: 7 }))).toHaveLength(vms);
  });

  it.each([1, 2, 3, 6, 40])('makes %i subscriptions and nothing outside of them', (subscriptions) => {
    const estate = generateEstate({ vms: 250, subscriptions, seed: 7 });

    const own = new Set(estate.subscriptions.map(({ subscriptionId }) => subscriptionId));
    expect(own.size).toBe(subscriptions);
    expect(estate.resources.filter(({ id }) => !own.has(id.split('/')[2] ?? ''))).toEqual([]);
  });

  it('leaves the first VMs as they are when more are asked for', () => {
    const few = machines(generateEstate({ vms: 50, seed: 3 }));
    const many = machines(generateEstate({ vms: 450, seed: 3 }));

    expect(many.slice(0, 50)).toEqual(few);
  });

  it.each([1, 2, 3])('gives every resource an id of its own that fits its name and type, seed %i', (seed) => {
    const { resources } = generateEstate({ vms: 700, seed });

    expect(new Set(resources.map(({ id }) => id.toLowerCase())).size).toBe(resources.length);
    for (const { id, name, type } of resources) {
      const [, last = ''] = id.split(/\/providers\/(?!.*\/providers\/)/);
      const [provider, ...rest] = last.split('/');
      expect([provider, ...rest.filter((_, index) => index % 2 === 0)].join('/')).toBe(type);
      expect(rest.at(-1)).toBe(name);
    }
  });

  it.each([1, 2, 3])('mentions no resource that is not there, seed %i', (seed) => {
    const estate = generateEstate({ vms: 500, seed });
    const isKnown = known(estate);

    const dangling = estate.resources.flatMap((resource) => mentioned(resource).filter((id) => !isKnown(id)));

    expect(dangling).toEqual([]);
  });

  it('keeps every vault and policy within the limits of Azure, however many VMs there are', () => {
    const { resources } = generateEstate({ vms: 4000, subscriptions: 2, seed: 5 });

    const items = resources.filter(({ type }) => type.endsWith('/protectedItems'));
    expect(mostPer(items, 'vaultId')).toBeLessThanOrEqual(1000);
    expect(mostPer(items, 'policyId')).toBeLessThanOrEqual(100);
  });

  it('lets nothing happen after its own now', () => {
    const now = '2025-03-04T23:00:00Z';

    const { resources } = generateEstate({ vms: 400, seed: 4, now });

    const times = resources.flatMap(({ properties }) => {
      const { timeCreated, lastRecoveryPoint, lastBackupTime, startTime, endTime } = properties;
      return [timeCreated, lastRecoveryPoint, lastBackupTime, startTime, endTime].filter(
        (time) => typeof time === 'string',
      );
    });
    expect(times.filter((time) => Date.parse(time) > Date.parse(now))).toEqual([]);
  });

  it('writes ids and tag names in more than one way, as Azure and people do', () => {
    const estate = generateEstate({ vms: 300, seed: 7 });
    const text = JSON.stringify(estate.resources);

    for (const spelling of [
      '/resourceGroups/',
      '/resourcegroups/',
      '/resourceGroups/RG-',
      'iaasvmcontainer;',
      'IaasVMContainer;',
    ]) {
      expect(text).toContain(spelling);
    }
    const keys = new Set(machines(estate).flatMap(({ tags }) => Object.keys(tags ?? {})));
    expect([...keys].filter((key) => key.toLowerCase() === 'environment').length).toBeGreaterThan(1);
  });

  it.each([
    { vms: -1, seed: 1 },
    { vms: 1.5, seed: 1 },
    { vms: 1, seed: 0.5 },
    { vms: 1, seed: 1, subscriptions: 0 },
    { vms: 1, seed: 1, now: 'yesterday' },
  ])('refuses %j', (options) => {
    expect(() => generateEstate(options)).toThrow(RangeError);
  });
});

describe('generateLabelledEstate', () => {
  it('labels VMs of the estate, each once, and describes the estate that generateEstate makes', () => {
    const { estate, planted } = generateLabelledEstate({ vms: 200, seed: 7 });

    const ids = new Set(machines(estate).map(({ id }) => id));
    expect(planted.filter(({ vmId }) => !ids.has(vmId))).toEqual([]);
    expect(new Set(planted.map(({ vmId }) => vmId)).size).toBe(planted.length);
    expect(sha256(estate)).toBe(sha256(generateEstate({ vms: 200, seed: 7 })));
  });
});

function mostPer(resources: Estate['resources'], key: string): number {
  const groups = Map.groupBy(resources, ({ properties }) => String(properties[key]).toLowerCase());
  return Math.max(...[...groups.values()].map(({ length }) => length));
}

const checker = path.resolve(import.meta.dirname, '../../../../shared/fixtures/check-estates.mjs');
if (!existsSync(checker)) console.info('The checker of estates is not beside the repository: not running it.');

describe.runIf(existsSync(checker))('a generated estate in a file', () => {
  it('loads, and the checker misses nothing but the expectations', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'estates-'));
    const file = path.join(directory, 'generated.json');
    const estate = generateEstate({ vms: 400, seed: 11 });
    await writeFile(file, JSON.stringify(estate, null, 1));

    const loaded = await loadEstate(file);
    const { stdout } = spawnSync(process.execPath, [checker, file], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    await rm(directory, { recursive: true });

    expect(loaded).toEqual(estate);
    // The checker is made for corpora: it wants an expectation for every VM, and a generated estate has none.
    const complaints = stdout
      .split('\n')
      .slice(1)
      .filter((line) => line !== '' && !line.includes('VM without expectation'));
    expect(complaints).toEqual([]);
    expect(stdout).toContain('generated.json');
  });
});
