import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { coherenceProblems } from '../../../local/estates/coherence.ts';
import type { EstateResource } from '../../../local/estates/estate.ts';
import {
  generateLeftoversEstate,
  generateThoroughEstate,
  generateWrongKindEstate,
  type LabelledEstate,
} from '../../../local/estates/generate.ts';
import { everyPlant } from '../../../local/estates/thorough-deck.ts';

const thorough = generateThoroughEstate({ vms: 1100, seed: 7 });
const leftovers = generateLeftoversEstate({ vms: 60, seed: 7 });
const wrongKind = generateWrongKindEstate({ vms: 60, seed: 7 });
const estates = [thorough, leftovers, wrongKind];

const sha256 = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');
const typed = ({ estate }: LabelledEstate, type: string) =>
  estate.resources.filter((resource) => resource.type.toLowerCase() === type.toLowerCase());

describe('generateThoroughEstate', () => {
  it('plants everything that there is to plant', () => {
    const words = new Set(thorough.planted.flatMap(({ plants }) => plants));

    expect(everyPlant.map((plant) => plant.words).filter((each) => !words.has(each))).toEqual([]);
  });

  it('gives every plant words of its own', () => {
    expect(new Set(everyPlant.map(({ words }) => words)).size).toBe(everyPlant.length);
  });

  it('calls nothing a decoy that makes a rule fail on its own', () => {
    const alone = thorough.planted.filter(({ plants }) => plants.length === 1);
    const labelled = alone.map(({ vmId, plants: [words = ''] }) => ({ words, truth: thorough.truth.get(vmId) }));

    const loudDecoys = labelled
      .filter(({ words }) => words.startsWith('decoy: '))
      .filter(({ truth }) => truth?.fail.some((rule) => rule !== 'health-protected'));

    expect(loudDecoys.map(({ words }) => words)).toEqual([]);
  });

  it('plants several things into many VMs', () => {
    expect(thorough.planted.filter(({ plants }) => plants.length > 1).length).toBeGreaterThan(100);
  });

  it('makes the same bytes from the same seed, and others from another', () => {
    const make = (seed: number) => sha256(generateThoroughEstate({ vms: 300, seed }));

    expect(make(7)).toBe(make(7));
    expect(make(8)).not.toBe(make(7));
  });

  it('leaves the first VMs and their labels as they are when more are asked for', () => {
    const few = generateThoroughEstate({ vms: 200, seed: 7 });

    expect([...thorough.truth].slice(0, 200)).toEqual([...few.truth]);
  });

  it.each([5, 6])('fits together whatever is planted where, seed %i', (seed) => {
    const { estate } = generateThoroughEstate({ vms: 700, seed });

    expect(coherenceProblems(estate)).toEqual([]);
  });
});

describe.each([
  ['everything', thorough],
  ['leftovers', leftovers],
  ['no vault for VMs', wrongKind],
])('the labels of the estate with %s', (_, labelled) => {
  it('are about each VM once', () => {
    const ids = typed(labelled, 'Microsoft.Compute/virtualMachines').map(({ id }) => id);

    expect([...labelled.truth.keys()].toSorted()).toEqual(ids.toSorted());
  });

  it('are about resources that are there', () => {
    const ids = new Set(labelled.estate.resources.map(({ id }) => id));

    expect(labelled.resourceTruth.filter(({ resourceId }) => !ids.has(resourceId))).toEqual([]);
  });
});

const Vm = z.looseObject({
  storageProfile: z.looseObject({ dataDisks: z.array(z.unknown()) }),
});

/** The VMs into which something was planted, with their data disks. */
function vmsWith(words: string): readonly EstateResource[] {
  const ids = new Set(thorough.planted.filter(({ plants }) => plants.includes(words)).map(({ vmId }) => vmId));
  return typed(thorough, 'Microsoft.Compute/virtualMachines').filter(({ id }) => ids.has(id));
}

function disksOf(vm: EstateResource): readonly number[] {
  return typed(thorough, 'Microsoft.Compute/disks')
    .filter((disk) => String(disk['managedBy']).toLowerCase() === vm.id.toLowerCase())
    .map(({ properties }) => Number(properties['diskSizeGB']));
}

function itemsOf(vm: EstateResource): readonly EstateResource['properties'][] {
  return typed(thorough, 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems')
    .map(({ properties }) => properties)
    .filter((properties) => String(properties['sourceResourceId']).toLowerCase() === vm.id.toLowerCase());
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
const minutesSincePoint = (vm: EstateResource) =>
  (Date.parse(thorough.estate.now) - Date.parse(String(itemsOf(vm)[0]?.['lastRecoveryPoint']))) / 60_000;
const itemsInVaultOf = (vm: EstateResource) => {
  const vaults = typed(thorough, 'Microsoft.RecoveryServices/vaults');
  const vault = vaults.find(({ id }) => id.split('/')[2] === vm.id.split('/')[2])?.id ?? '';
  return thorough.estate.resources.filter(({ id }) => id.startsWith(`${vault}/backupFabrics/`));
};

describe('values at a limit', () => {
  it.each<[string, (vm: EstateResource) => number, number]>([
    ['33 data disks', (vm) => Vm.parse(vm.properties).storageProfile.dataDisks.length, 33],
    ['decoy: exactly 32 data disks', (vm) => Vm.parse(vm.properties).storageProfile.dataDisks.length, 32],
    ['a data disk of 65,537 GiB', (vm) => Math.max(...disksOf(vm)), 65_537],
    ['decoy: a data disk of exactly 65,536 GiB', (vm) => Math.max(...disksOf(vm)), 65_536],
    ['524,289 GiB in all disks', (vm) => sum(disksOf(vm)), 524_289],
    ['decoy: 524,288 GiB in all disks', (vm) => sum(disksOf(vm)), 524_288],
    ['decoy: newest point 32 h 0 min old, policy enhanced', minutesSincePoint, 32 * 60],
    ['newest point 32 h 1 min old, policy enhanced', minutesSincePoint, 32 * 60 + 1],
    ['vault with 1,000 VMs', (vm) => itemsInVaultOf(vm).length, 1000],
    ['decoy: vault with 999 VMs and 1,999 data sources', (vm) => itemsInVaultOf(vm).length, 1999],
    ['vault with 2,000 data sources', (vm) => itemsInVaultOf(vm).length, 2000],
    ['policy with 100 VMs', (vm) => itemsInVaultOf(vm).length, 100],
    ['decoy: policy with 99 VMs', (vm) => itemsInVaultOf(vm).length, 99],
  ])('%s: %s', (words, measure, value) => {
    const vms = vmsWith(words);

    expect(vms.length).toBeGreaterThan(0);
    expect(vms.map(measure)).toEqual(vms.map(() => value));
  });

  it('has planned names for vaults that are just long enough and just too long', () => {
    const { newVaultNames } = thorough.estate.settings;
    const lengths = Object.values(z.record(z.string(), z.string()).parse(newVaultNames)).map(({ length }) => length);

    expect(lengths).toEqual(expect.arrayContaining([1, 2, 50, 51]));
  });
});

describe('the generator', () => {
  it('imports nothing of the judge', async () => {
    const files = await Array.fromAsync(glob('local/estates/**/*.ts'));
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));

    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((_, index) => /from '[./]*\/lib\//.test(texts[index] ?? ''))).toEqual([]);
  });
});

const rulesFile = path.resolve(import.meta.dirname, '../../../../shared/reference/rules.json');
if (!existsSync(rulesFile)) console.info('The catalogue of rules is not beside the repository: not comparing with it.');

describe.runIf(existsSync(rulesFile))('every rule of the catalogue', () => {
  const Catalogue = z.object({ rules: z.array(z.object({ id: z.string(), part: z.string() })) });
  const { rules } = Catalogue.parse(
    existsSync(rulesFile) ? JSON.parse(readFileSync(rulesFile, 'utf8')) : { rules: [] },
  );
  const ids = rules.filter(({ part }) => part === 'vm' || part === 'classic').map(({ id }) => id);
  const fails = new Set(
    estates.flatMap(({ truth, resourceTruth }) => [
      ...[...truth.values()].flatMap(({ fail, info }) => [...fail, ...info]),
      ...resourceTruth.filter(({ list }) => list === 'fail').map(({ rule }) => rule),
    ]),
  );
  const unknowns = new Set(
    estates.flatMap(({ truth, resourceTruth }) => [
      ...[...truth.values()].flatMap(({ unknown }) => unknown),
      ...resourceTruth.filter(({ list }) => list === 'unknown').map(({ rule }) => rule),
    ]),
  );
  /** By their own words never a failure, or nothing that can be told before a pre-validation or at all. */
  const neverFails = ['vm-power-state', 'disk-ephemeral-os', 'classic-guest-agent-flag'];

  it('fails somewhere', () => {
    expect(ids).toHaveLength(85);
    expect(ids.filter((id) => !fails.has(id))).toEqual(expect.arrayContaining(neverFails));
    expect(ids.filter((id) => !fails.has(id))).toHaveLength(neverFails.length);
  });

  it('that never fails cannot be told somewhere, but for the power state', () => {
    expect(neverFails.filter((id) => !unknowns.has(id))).toEqual(['vm-power-state']);
  });

  it('is named as the catalogue names it', () => {
    expect([...fails, ...unknowns].filter((id) => !ids.includes(id))).toEqual([]);
  });
});

const checker = path.resolve(import.meta.dirname, '../../../../shared/fixtures/check-estates.mjs');
if (!existsSync(checker)) console.info('The checker of estates is not beside the repository: not running it.');

describe.runIf(existsSync(checker))('a labelled estate in a file', () => {
  it.each([
    ['everything', thorough],
    ['leftovers', leftovers],
    ['no vault for VMs', wrongKind],
  ])('with %s passes the checker, labels included', async (_, { estate, truth }) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'estates-'));
    const file = path.join(directory, 'labelled.json');
    await writeFile(file, JSON.stringify({ ...estate, expect: { vms: Object.fromEntries(truth) } }, null, 1));

    const { stdout } = spawnSync(process.execPath, [checker, file], { encoding: 'utf8', maxBuffer: 2 ** 26 });
    await rm(directory, { recursive: true });

    const errors = stdout
      .split('\n')
      .filter((line) => /^\s+error/.test(line))
      // Our own way to say what Azure says of a resource provider.
      .filter((line) => !line.includes('Microsoft.Resources/providers'))
      // Which rule names an unfinished vault is open, so that no rule is listed.
      .filter((line) => !line.includes('blocked, but no blocker'));
    expect(errors).toEqual([]);
    expect(stdout).toContain('labelled.json');
  });
});
