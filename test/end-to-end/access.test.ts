import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import type { Operation } from '../../functions/http/operation.ts';
import type { Route } from '../../functions/http/route.ts';
import { isA, type Role, roles } from '../../lib/domain/caller.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { loadRoutes } from './support/declared-routes.ts';
import { principalOf, type Somebody } from './support/principal.ts';
import { allVms, bodyOf, patience, postureOf, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 24, seed: 5, servers: 2 });
const [{ subscriptionId: own } = { subscriptionId: '' }, ...others] = estate.subscriptions;
const foreign = others.map(({ subscriptionId }) => subscriptionId);
const [another = ''] = foreign;
const id = (digit: number) => `00000000-0000-4000-8000-${String(digit).padStart(12, '0')}`;

/** A person for each role who may see everything, and one who has them all and may see one subscription. */
const people: Readonly<Record<Role, Somebody>> = {
  Reader: { objectId: id(1), name: 'rea@contoso.com', roles: ['Reader'] },
  Contributor: { objectId: id(2), name: 'con@contoso.com', roles: ['Contributor'] },
  Approver: { objectId: id(3), name: 'app@contoso.com', roles: ['Approver'] },
};
const limited: Somebody = { objectId: id(4), name: 'lim@contoso.com', roles, groups: [id(40)] };
const everything = Object.fromEntries(Object.values(people).map(({ objectId }) => [objectId, ['*']]));
const readerScopes = { ...everything, [id(40)]: [own.toUpperCase()] };

let routes: readonly Route[];
let withKeys: Neighbourhood;
let withEntra: Neighbourhood;
/** What stands for the parameters that must be given, by name; a new one needs an example here. */
type Examples = Readonly<Record<string, string>>;
let examples: { readonly keys: Examples; readonly entra: Examples };

beforeAll(async () => {
  routes = await loadRoutes();
  const common = { estate, simulated: { resourceGraphQuota: 'off' } } as const;
  withKeys = await startBuilt(common);
  withEntra = await startBuilt({
    ...common,
    settings: {
      BACKSTOP_AUTH: 'entra',
      WEBSITE_AUTH_ENABLED: 'True',
      BACKSTOP_READER_SCOPES: JSON.stringify(readerScopes),
    },
  });
  await sweep(as(people.Contributor));
  await sweep(withKeys);
  examples = { keys: await examplesFor(withKeys), entra: await examplesFor(as(people.Contributor)) };
}, 120_000);

afterAll(async () => {
  await withKeys?.stop();
  await withEntra?.stop();
});

/** The key of a backup server, once the sweep has seen one. */
async function serverKeyOf({ call }: Neighbourhood): Promise<string> {
  return vi.waitUntil(async () => {
    const { servers } = await bodyOf<{ servers: readonly { serverKey: string }[] }>(await call('servers'));
    return servers[0]?.serverKey;
  }, patience);
}

/** A VM of the first subscription, an exemption of it, a backup server, and an export that is done. */
async function examplesFor(caller: Neighbourhood): Promise<Examples> {
  const [vm] = await allVms(caller, 1, `&subscription=${own}`);
  const wish = { scope: vm?.vmId, owner: 'team', reason: 'a test', category: 'waiver', until: '2026-12-01', by: 'Ada' };
  const made = await send(caller, 'POST', 'exemptions', wish);
  const { exemption } = await bodyOf<{ exemption: { exemptionId: string } }>(made);
  const { exportId } = await bodyOf<{ exportId: string }>(await caller.call('reports/vms.csv?async=true'));
  await vi.waitUntil(async () => {
    const { state } = await bodyOf<{ state: string }>(await caller.call(`reports/exports/${exportId}`));
    return state === 'done';
  }, patience);
  const serverKey = await serverKeyOf(caller);
  return { vmKey: vm?.vmKey ?? '', serverKey, since: '24h', exemptionId: exemption.exemptionId, exportId };
}

/** The app as somebody calls it whom the platform has let in; without a key, which is of no use there. */
function as(somebody: Somebody): Neighbourhood {
  const headers = { ...principalOf(somebody), 'x-functions-key': 'none' };
  const call: Neighbourhood['call'] = (path, init = {}) =>
    withEntra.call(path, { ...init, headers: { ...headers, ...init.headers } });
  return { ...withEntra, call };
}

function send({ call }: Neighbourhood, method: string, path: string, body: object): Promise<Response> {
  return call(path, { method, body: JSON.stringify(body) });
}

interface Named {
  readonly name: string;
  readonly operation: Operation;
  readonly path: string;
}

/** Every operation; one that is declared tomorrow is among them. */
function operations(mode: keyof typeof examples = 'entra'): readonly Named[] {
  return routes.flatMap(({ path, operations: all }) =>
    all.map((operation) => ({ name: operation.id, operation, path: addressOf(path, operation, examples[mode]) })),
  );
}

function addressOf(path: string, { when = {}, query }: Operation, given: Examples): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => when[name] ?? given[name] ?? 'x');
  return query.safeParse({}).success ? filled : `${filled}?since=24h`;
}

/** What makes no sense to any operation, so that nothing happens where it is let in. */
const nonsense = JSON.stringify({ colour: 'red' });

/** The status of each operation for a caller, by its id. */
async function statusesFor(
  call: Neighbourhood['call'],
  headers: Readonly<Record<string, string>> = {},
  query = '',
  mode: keyof typeof examples = 'entra',
): Promise<Readonly<Record<string, number>>> {
  const told: [string, number][] = [];
  for (const { name, operation, path } of operations(mode)) {
    const { method } = operation;
    const body = operation.body ? { body: nonsense } : {};
    const answer = await call(`${path}${query && `${path.includes('?') ? '&' : '?'}${query}`}`, {
      method,
      headers,
      ...body,
    });
    await answer.arrayBuffer();
    told.push([name, answer.status]);
  }
  return Object.fromEntries(told);
}

/** The status that each operation should have. */
function expected(statusOf: (operation: Operation) => number): Readonly<Record<string, number>> {
  return Object.fromEntries(operations().map(({ name, operation }) => [name, statusOf(operation)]));
}

const letIn = ({ method }: Operation) => (method === 'GET' ? 200 : 400);
const onlyOpen = (operation: Operation) => (operation.role === 'anyone' ? letIn(operation) : 401);

describe('with function keys', () => {
  it('whoever has the key may do everything, whatever a header says', async () => {
    const forged = principalOf({ objectId: id(9) });

    expect(await statusesFor(withKeys.call, {}, '', 'keys')).toEqual(expected(letIn));
    expect(await statusesFor(withKeys.call, forged, '', 'keys')).toEqual(expected(letIn));
    expect(await statusesFor(withKeys.call, { 'x-ms-client-principal': '%%%' }, '', 'keys')).toEqual(expected(letIn));
  });

  it('nobody is let in without one, or with a wrong one, and a forged name does not help', async () => {
    const bare: Neighbourhood['call'] = (path, init) =>
      fetch(`${withKeys.host.url}/api/${path}`, {
        ...init,
        headers: { 'content-type': 'application/json', ...init?.headers },
      });

    expect(await statusesFor(bare)).toEqual(expected(onlyOpen));
    expect(await statusesFor(bare, { 'x-functions-key': 'wrong' })).toEqual(expected(onlyOpen));
    expect(await statusesFor(bare, {}, 'code=wrong')).toEqual(expected(onlyOpen));
    expect(await statusesFor(bare, principalOf({ objectId: id(1), roles }))).toEqual(expected(onlyOpen));
  });

  it('who makes a change says its name, and a header does not', async () => {
    const [vm] = await allVms(withKeys, 1);
    const wish = { scope: vm?.vmId, owner: 'team', reason: 'a test', category: 'waiver', until: '2026-12-01' };
    const headers = principalOf(people.Contributor);

    const answer = await withKeys.call('exemptions', { method: 'POST', body: JSON.stringify(wish), headers });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ parameter: 'by' });
  });
});

describe('with Entra', () => {
  const text = (value: string) => ({ 'x-ms-client-principal': Buffer.from(value).toString('base64') });

  it.each([
    ['nothing', {}],
    ['a header that is no base64', { 'x-ms-client-principal': '%%%' }],
    ['a header that is no JSON', text('{"claims":')],
    ['a header that is something else', text('"Backstop.Reader"')],
    ['claims that are none', text('{"claims":"all"}')],
    ['claims without values', text('{"claims":[{"typ":"roles"}]}')],
    ['roles of nobody', text('{"claims":[{"typ":"roles","val":"Backstop.Reader"}]}')],
    ['an id that is none', principalOf({ objectId: 'root', roles })],
    ['a name beside no principal', { 'x-ms-client-principal-name': 'ada', 'x-ms-client-principal-id': id(1) }],
  ])('nobody is let in with a key and %s', async (_, headers) => {
    expect(await statusesFor(withEntra.call, headers)).toEqual(expected(onlyOpen));
  });

  it.each(roles)('a %s may do what the routes declare, and is told which role is needed for the rest', async (role) => {
    const { call } = as(people[role]);
    const may = (operation: Operation) => operation.role === 'anyone' || isA({ roles: [role] }, operation.role);

    expect(await statusesFor(call)).toEqual(expected((operation) => (may(operation) ? letIn(operation) : 403)));
    for (const { operation, path } of operations().filter((each) => !may(each.operation))) {
      const answer = await call(path, { method: operation.method });
      expect(await answer.json()).toMatchObject({ status: 403, role: `Backstop.${operation.role}` });
    }
  });

  it('somebody without a role, or who is named by nothing, sees nothing', async () => {
    const closed = expected((operation) => (operation.role === 'anyone' ? letIn(operation) : 403));

    expect(await statusesFor(as({ ...people.Reader, roles: [] }).call)).toEqual(closed);
    expect(await statusesFor(as({ objectId: id(5), roles }).call)).toEqual(closed);
  });

  it('what is done is kept under the name of who did it, not under one that the body gives', async () => {
    const path = `exemptions/${examples.entra['exemptionId']}`;
    await send(as(people.Contributor), 'PATCH', path, { ticket: 'T-1', by: 'somebody else' });

    const { changes } = await bodyOf<{ changes: { by: string }[] }>(await as(people.Reader).call(path));

    expect(changes.map(({ by }) => by)).toEqual(changes.map(() => `con@contoso.com (${id(2)})`));
  });

  it('a page of another site changes nothing, whoever looks at it', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' };

    expect((await as(people.Contributor).call('sweeps', { method: 'POST', headers })).status).toBe(403);
    expect((await as(people.Contributor).call('sweeps', { headers })).status).toBe(200);
  });
});

describe('who may see one subscription', () => {
  const { call } = { call: ((path, init) => as(limited).call(path, init)) as Neighbourhood['call'] };

  it('is let in where the route heeds that, and nowhere else', async () => {
    const heeded = ({ role, forLimited }: Operation) => role === 'anyone' || forLimited === true;

    expect(await statusesFor(call)).toEqual(expected((operation) => (heeded(operation) ? letIn(operation) : 403)));
  });

  /** The reads that say something of another subscription. */
  async function readsOfOthers({ call: ask }: Pick<Neighbourhood, 'call'>): Promise<readonly string[]> {
    const told: string[] = [];
    for (const { name, operation, path } of operations().filter((each) => each.operation.method === 'GET')) {
      const body = (await (await ask(path)).text()).toLowerCase();
      if (operation.role !== 'anyone' && foreign.some((other) => body.includes(other))) {
        told.push(name);
      }
    }
    return told;
  }

  it('reads nothing of another one, wherever it looks', async () => {
    expect(await readsOfOthers({ call })).toEqual([]);
    expect(await readsOfOthers(as(people.Reader))).toEqual(expect.arrayContaining(['listVms', 'getPosture']));
  });

  it('sees its own VMs, all of them, and the posture counts these', async () => {
    const all = await allVms(as(people.Reader));
    const seen = await allVms(as(limited), 2);

    expect(seen).toEqual(all.filter(({ subscriptionId }) => subscriptionId === own));
    expect(seen.length).toBeLessThan(all.length);
    const { vms, subscriptions, scope } = await postureOf(as(limited));
    expect({ vms, subscriptions }).toEqual({ vms: seen.length, subscriptions: { [own]: seen.length } });
    expect(scope).toBe('everything in scope, as far as you may see it');
    expect(await postureOf(as(limited))).toMatchObject({ exemptions: { valid: 0, expiring: 1, expired: 0 } });
    expect(await postureOf(as(limited), '?trend=2&by=owner')).toMatchObject({ vms: seen.length });
  });

  it('is told of runs without their numbers, which are of everything', async () => {
    const { sweeps } = await bodyOf<{ sweeps: object[] }>(await call('sweeps'));
    const { completeness } = await bodyOf<{ completeness: object }>(await call('posture'));

    expect(sweeps).toHaveLength(1);
    expect(Object.keys(sweeps[0] ?? {})).toEqual(
      expect.not.arrayContaining(['vms', 'vmsExpected', 'subscriptionsExpected', 'reads', 'rulesUnknown']),
    );
    expect(Object.keys(completeness).toSorted()).toEqual(
      ['ageHours', 'complete', 'finishedAt', 'gaps', 'runId', 'startedAt', 'state'].toSorted(),
    );
  });

  it.each([
    [`vms?subscription=${another}`],
    [`posture?subscription=${another}`],
    [`posture?scope=/subscriptions/${another}&trend=2`],
    [`plans?scope=${another}`],
    [`exemptions?scope=/subscriptions/${another}`],
    [`reports/changes.json?since=24h&subscription=${another}`],
  ])('is refused where it asks for another one: GET %s', async (path) => {
    expect((await call(path)).status).toBe(403);
    expect((await call(path.replace(another, own))).status).toBe(200);
  });

  it('is refused where it asks for a VM of another one, and not told whether there is such a VM', async () => {
    const vm = (await allVms(as(people.Reader))).find(({ subscriptionId }) => subscriptionId !== own);
    expect.assert(vm);
    const missing = vm.vmId.replace(vm.name, 'missing');

    expect((await call(`vms?id=${encodeURIComponent(vm.vmId)}`)).status).toBe(403);
    expect((await call(`vms?id=${encodeURIComponent(missing)}`)).status).toBe(403);
    const byKey = await call(`vms/${vm.vmKey}`);
    expect([byKey.status, await byKey.text()]).toEqual([404, await (await call(`vms/${'0'.repeat(20)}`)).text()]);
  });

  it('changes nothing in another one', async () => {
    const vm = (await allVms(as(people.Reader))).find(({ subscriptionId }) => subscriptionId !== own);
    const wish = { owner: 'team', reason: 'a test', category: 'waiver', until: '2026-12-01' };

    expect((await send(as(limited), 'POST', 'evaluations', { vmId: vm?.vmId })).status).toBe(403);
    expect((await send(as(limited), 'POST', 'sweeps', { subscriptions: [own, another] })).status).toBe(403);
    expect((await send(as(limited), 'POST', 'exemptions', { ...wish, scope: vm?.vmId })).status).toBe(403);
    const made = await send(as(people.Contributor), 'POST', 'exemptions', { ...wish, scope: vm?.vmId });
    const { exemption } = await bodyOf<{ exemption: { exemptionId: string } }>(made);
    const path = `exemptions/${exemption.exemptionId}`;
    expect((await call(path)).status).toBe(404);
    expect((await send(as(limited), 'PATCH', path, { owner: 'me' })).status).toBe(404);
    expect((await send(as(limited), 'POST', `${path}/end`, { reason: 'mine' })).status).toBe(404);
    expect(await bodyOf(await call('exemptions'))).toMatchObject({
      exemptions: [{ exemptionId: examples.entra['exemptionId'] }],
    });
  });

  it('sweeps its own one where it names none', async () => {
    const answer = await call('sweeps', { method: 'POST' });

    expect(answer.status).toBe(202);
    expect(await answer.json()).toMatchObject({ kind: 'part', only: [own] });
  });
});
