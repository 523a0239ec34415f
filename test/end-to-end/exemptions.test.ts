import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ExemptionPage } from '../../lib/use-cases/list-exemptions.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { allVms, bodyOf, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 40, seed: 5 });
const inAMonth = new Date(Date.parse(estate.now) + 30 * 86_400_000).toISOString();
const nobody = '00000000-0000-0000-0000-000000000000';
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  neighbourhood = await startBuilt({ estate, simulated: { resourceGraphQuota: 'off' } });
  await sweep(neighbourhood);
  neighbourhood.runClock();
});

afterAll(() => neighbourhood?.stop());

const words = { owner: 'team-shop', reason: '=cmd|"<script>" rebuilt', category: 'waiver', until: inAMonth, by: 'Ada' };

function send(method: 'POST' | 'PATCH', path: string, body: unknown): Promise<Response> {
  return neighbourhood.call(path, {
    method,
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  });
}

async function verdictOf(vmKey: string): Promise<string> {
  return (await bodyOf<{ verdict: string }>(await neighbourhood.call(`vms/${vmKey}`))).verdict;
}

/** A VM with a verdict that an exemption changes. */
async function openVm(skip = 0) {
  const open = (await allVms(neighbourhood)).filter(
    ({ verdict }) => verdict === 'blocked' || verdict === 'protectable',
  );
  const vm = open[skip];
  expect.assert(vm);
  return vm;
}

it('an exemption that is made exempts its VM; ended, the VM is open again; who did what is kept', async () => {
  const vm = await openVm();

  const created = await send('POST', 'exemptions', { scope: vm.vmId, ...words });
  const { exemption } = await bodyOf<{ exemption: { exemptionId: string } }>(created);
  expect(created.status).toBe(201);
  await expect.poll(() => verdictOf(vm.vmKey), { timeout: 20_000 }).toBe('exempt');
  const path = `exemptions/${exemption.exemptionId}`;
  expect((await send('PATCH', path, { ticket: 'CHG-7', by: 'Bob' })).status).toBe(200);
  expect((await send('POST', `${path}/end`, { reason: 'Holds data now.', by: 'Eve' })).status).toBe(200);
  await expect.poll(() => verdictOf(vm.vmKey), { timeout: 20_000 }).toBe(vm.verdict);

  expect(await bodyOf(await neighbourhood.call(path))).toMatchObject({
    exemption: { state: 'ended', reason: words.reason, ticket: 'CHG-7' },
    changes: [
      { what: 'ended', by: 'Eve', why: 'Holds data now.' },
      { what: 'changed', by: 'Bob' },
      { what: 'created', by: 'Ada' },
    ],
  });
});

it('a day belongs to the exemption to its end', async () => {
  const vm = await openVm(1);
  const day = inAMonth.slice(0, 10);

  const { exemption } = await bodyOf<{ exemption: { until: string } }>(
    await send('POST', 'exemptions', { scope: vm.vmId, ...words, until: day }),
  );

  expect(exemption.until).toBe(new Date(Date.parse(day) + 86_400_000).toISOString());
});

it('a second exemption of the same scope is refused, and names the first', async () => {
  const vm = await openVm(2);
  await send('POST', 'exemptions', { scope: vm.vmId, ...words });

  const again = await send('POST', 'exemptions', { scope: vm.vmId.toUpperCase(), ...words });

  expect(again.status).toBe(409);
  const { exemptions } = await bodyOf<ExemptionPage>(
    await neighbourhood.call(`exemptions?state=valid&scope=${encodeURIComponent(vm.vmId)}`),
  );
  expect(exemptions).toHaveLength(1);
  expect(await again.json()).toMatchObject({ detail: expect.stringContaining(exemptions[0]?.exemptionId ?? '') });
});

it('VMs that are exempt by a tag are listed with the tag', async () => {
  const { exemptions } = await bodyOf<{ exemptions: { origin: string; name: string; vmKey: string }[] }>(
    await neighbourhood.call('exemptions?origin=tag&size=500'),
  );

  for (const { origin, vmKey } of exemptions) {
    expect([origin, await verdictOf(vmKey)]).toEqual(['tag', 'exempt']);
  }
});

describe('what makes no sense is refused by its name', () => {
  const scope = `/subscriptions/${nobody}/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/vm`;

  it.each([
    ['nothing about it', {}, 'scope'],
    ['no owner', { ...words, scope, owner: undefined }, 'owner'],
    ['an owner of blanks', { ...words, scope, owner: '  ' }, 'owner'],
    ['a reason of 2,001 characters', { ...words, scope, reason: 'x'.repeat(2001) }, 'reason'],
    ['a category that does not exist', { ...words, scope, category: 'forever' }, 'category'],
    ['no end', { ...words, scope, until: undefined }, 'until'],
    ['an end that is none', { ...words, scope, until: 'next summer' }, 'until'],
    ['an end that has passed', { ...words, scope, until: '2020-01-01' }, 'until'],
    ['an end without a zone', { ...words, scope, until: '2027-01-01T00:00:00' }, 'until'],
    ['an end far away', { ...words, scope, until: '2999-12-31' }, 'until'],
    ['nobody who makes it', { ...words, scope, by: undefined }, 'by'],
    ['a field that does not exist', { ...words, scope, colour: 'red' }, 'colour'],
    ['a scope that is no scope', { ...words, scope: '/subscriptions/x' }, 'scope'],
    ['a scope that holds no VM', { ...words, scope }, 'scope'],
    ['a scope with quotes', { ...words, scope: "' or 1 eq 1" }, 'scope'],
  ])('%s', async (_, body, parameter) => {
    const answer = await send('POST', 'exemptions', body);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ status: 400, parameter });
  });

  it.each([
    ['exemptions?state=lost', 'state'],
    ['exemptions?origin=heaven', 'origin'],
    ['exemptions?origin=tag&state=valid', 'state'],
    ['exemptions?size=0', 'size'],
    ['exemptions?cursor=nonsense', 'cursor'],
  ])('GET %s', async (path, parameter) => {
    const answer = await neighbourhood.call(path);

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ parameter });
  });

  it.each(['nothing', `${nobody}-0123456789ab`, '%27%20or%201%20eq%201', '..%2F..%2Fvms', 'x'.repeat(1500)])(
    'the exemption %s is not found',
    async (exemptionId) => {
      expect((await neighbourhood.call(`exemptions/${exemptionId}`)).status).toBe(404);
      expect((await send('PATCH', `exemptions/${exemptionId}`, { owner: 'x', by: 'Ada' })).status).toBe(404);
      expect((await send('POST', `exemptions/${exemptionId}/end`, { reason: 'x', by: 'Ada' })).status).toBe(404);
    },
  );

  it('a change of nothing', async () => {
    const answer = await send('PATCH', `exemptions/${nobody}-0123456789ab`, { by: 'Ada' });

    expect(answer.status).toBe(400);
  });
});
