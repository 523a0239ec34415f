import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { EstateFileError, loadEstate } from '../../../local/estates/load.ts';

const subscriptionId = '4f3c2f8e-2c64-4b0e-9f4e-5a1c0d9be301';
const stranger = '00000000-2c64-4b0e-9f4e-5a1c0d9be301';

const group = '/providers/Microsoft.Management/managementGroups/mg-corp';

function disk(name: string, group = `/subscriptions/${subscriptionId}/resourceGroups/rg-a`) {
  const type = 'Microsoft.Compute/disks';
  return {
    id: `${group}/providers/${type}/${name}`,
    name,
    type,
    location: 'westeurope',
    properties: { diskSizeGB: 64 },
  };
}

function document(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    format: 'backstop-estate/1',
    now: '2026-11-20T06:00:00Z',
    tenantId: '7d1f3a52-2c64-4b0e-9f4e-5a1c0d9be301',
    subscriptions: [{ subscriptionId, displayName: 'Payroll', state: 'Enabled' }],
    resources: [disk('disk-1')],
    ...changes,
  };
}

let directory = '';
beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'estates-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function written(name: string, content: unknown): Promise<string> {
  const file = path.join(directory, name);
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, null, 1));
  return file;
}

describe('loadEstate', () => {
  it('reads an estate and fills in what may be absent', async () => {
    const file = await written('good.json', document());

    const estate = await loadEstate(file);

    expect(estate).toMatchObject({ denied: [], settings: {}, resources: [disk('disk-1')] });
  });

  it.each([
    ['text that is not JSON', '{\n "format": oops }', ['line 2, column 12: expected JSON']],
    ['a missing comma', '{\n "a": [1 2]\n}', ['line 2, column 10: expected JSON']],
    ['a file that ends too early', '{"format": "backstop-estate/1",\n', ['expected JSON']],
    ['an empty file', '', ['line 1, column 1: expected JSON']],
    ['a list', [], ['(whole file): expected an object, found a list of 0']],
    ['another format', document({ format: 'estate/2' }), ['format: expected "backstop-estate/1", found "estate/2"']],
    ['no instant', document({ now: undefined }), ['now: expected text, found nothing']],
    ['a day for an instant', document({ now: '2026-11-20' }), ['now: expected an instant like', 'found "2026-11-20"']],
    ['no guid', document({ tenantId: 'corp' }), ['tenantId: expected a guid, found "corp"']],
    ['no subscription', document({ subscriptions: [] }), ['subscriptions: expected something that is not empty']],
    [
      'a number deep inside where text belongs',
      document({ resources: [disk('a'), { ...disk('b'), tags: { owner: 7 } }] }),
      ['resources[1].tags.owner: expected text, found 7'],
    ],
    [
      'a resource without properties',
      document({ resources: [{ ...disk('a'), properties: undefined }] }),
      ['resources[0].properties: expected an object, found nothing'],
    ],
    [
      'an id that is none',
      document({ resources: [{ ...disk('a'), id: 'disk-a' }] }),
      ['resources[0].id: expected text that starts with "/", found "disk-a"'],
    ],
    [
      'a denied read with a key too many',
      document({ denied: [{ scope: '/', action: 'a/read', why: 'x' }] }),
      ['denied[0]: expected only keys that the format has, found "why"'],
    ],
    [
      'an id twice in different case',
      document({ resources: [disk('a'), disk('b'), disk('A')] }),
      ['resources[2].id: expected an id of its own, not that of resources[0]'],
    ],
    [
      'a subscription twice',
      document({ subscriptions: [subscriptionId, subscriptionId.toUpperCase()].map(asSubscription) }),
      ['subscriptions[1].subscriptionId: expected an id of its own, not that of subscriptions[0]'],
    ],
    [
      'a resource of a subscription that is not there',
      document({ resources: [disk('a', `/subscriptions/${stranger}/resourceGroups/rg-a`)] }),
      ['resources[0].id: expected a subscription of this estate, found "/subscriptions/00000000-'],
    ],
    [
      'a resource that stands neither in a subscription nor at a provider',
      document({ resources: [{ ...disk('a'), id: '/elsewhere/disk-a' }] }),
      ['resources[0].id: expected a subscription of this estate, found "/elsewhere/disk-a"'],
    ],
    [
      'a denied scope of a subscription that is not there',
      document({ denied: [{ scope: `/subscriptions/${stranger}`, action: 'Microsoft.Compute/disks/read' }] }),
      ['denied[0].scope: expected a subscription of this estate'],
    ],
    [
      'a setting that nobody knows',
      document({ settings: { rpoHuors: 24 } }),
      ['settings.rpoHuors: expected one of', 'rpoHours', 'found the unknown setting "rpoHuors"'],
    ],
  ])('refuses %s and says where', async (_, content, parts) => {
    const file = await written('bad.json', content);

    const error = await loadEstate(file).then(String, (thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(EstateFileError);
    expect(String(error)).toContain(file);
    for (const part of parts) expect(String(error)).toContain(part);
  });

  it('lists ten problems and counts the rest', async () => {
    const resources = Array.from({ length: 14 }, (_, index) => ({ ...disk(`d${index}`), name: '' }));
    const file = await written('many.json', document({ resources }));

    const error = await loadEstate(file).then(String, String);

    expect(error.split('\n')).toHaveLength(12);
    expect(error).toMatch(/resources\[9\]\.name.*\n {2}and 4 more$/);
  });

  it('accepts a denied scope above all subscriptions', async () => {
    const scope = '/providers/Microsoft.Management/managementGroups/mg-corp';
    const file = await written('above.json', document({ denied: [{ scope, action: 'Microsoft.Compute/disks/read' }] }));

    await expect(loadEstate(file)).resolves.toMatchObject({ denied: [{ scope }] });
  });

  it.each([
    ['an assignment on a management group', `${group}/providers/Microsoft.Authorization/policyAssignments/a`],
    ['a built-in definition', '/providers/Microsoft.Authorization/policyDefinitions/d'],
    ['a management group', group],
    ['a lock on a subscription', `/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/locks/l`],
    ['a resource group', `/subscriptions/${subscriptionId}/resourceGroups/rg-a`],
    ['a kind that nobody knows', `/subscriptions/${subscriptionId}/resourceGroups/rg-a/providers/A.B/c/d/e/f`],
  ])('reads %s, with properties that nobody knows', async (_, id) => {
    const resource = { id, name: 'x', type: 'A.B/c', unheardOf: [null], properties: { unheardOf: { deep: null } } };
    const file = await written('kinds.json', document({ resources: [resource] }));

    await expect(loadEstate(file)).resolves.toMatchObject({ resources: [resource] });
  });

  it('takes null for what a resource or a subscription lacks', async () => {
    const empty = { location: null, tags: null, plan: null, identity: null, instanceView: null, kind: null };
    const subscription = { ...asSubscription(subscriptionId), managementGroupId: null };
    const content = document({ subscriptions: [subscription], resources: [{ ...disk('a'), ...empty }] });
    const file = await written('nulls.json', content);

    const { location: _, ...rest } = disk('a');
    await expect(loadEstate(file)).resolves.toMatchObject({
      subscriptions: [asSubscription(subscriptionId)],
      resources: [rest],
    });
  });

  it('names a file that is not there', async () => {
    const file = path.join(directory, 'absent.json');

    await expect(loadEstate(file)).rejects.toThrow(
      `${file} is no usable estate:\n  (file): expected a readable file, found ENOENT`,
    );
  });
});

function asSubscription(id: string) {
  return { subscriptionId: id, displayName: 'Payroll', state: 'Enabled' };
}

const corpus = path.resolve(import.meta.dirname, '../../../../shared/fixtures/corpus/first.json');
if (!existsSync(corpus)) console.info('The hand-written estates are not beside the repository: not loading them.');

describe.runIf(existsSync(corpus))('a hand-written estate', () => {
  it('loads', async () => {
    const estate = await loadEstate(corpus);

    expect(Object.keys(estate.expect?.vms ?? {})).toHaveLength(12);
  });
});
