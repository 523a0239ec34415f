import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { PlanOfVm } from '../../lib/use-cases/list-plans.ts';
import type { AttemptOfVm } from '../../lib/use-cases/list-protections.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { bodyOf, sweep } from './support/results.ts';

const estate = generateEstate({ vms: 120, seed: 5 });
const [approved, carriedOut, ...others] = estate.subscriptions;
const engagement = {
  caps: { perRun: 100, perHour: 100 },
  scopes: [
    { name: 'with approval', subscription: approved?.subscriptionId, mode: 'on', approval: true },
    { name: 'carried out', subscription: carriedOut?.subscriptionId, mode: 'on' },
    ...others.map(({ subscriptionId }, number) => ({
      name: `shown ${number}`,
      subscription: subscriptionId,
      mode: 'dry-run',
    })),
  ],
};

let neighbourhood: Neighbourhood;
const errors: string[] = [];

beforeAll(async () => {
  neighbourhood = await startBuilt({
    estate,
    protector: true,
    simulated: { resourceGraphQuota: 'off', backupOperationMs: 200 },
    settings: { BACKSTOP_ENGAGEMENT: JSON.stringify(engagement) },
    onLog: (line) => {
      if (/"level":"error"/.test(line)) errors.push(line);
    },
  });
  await sweep(neighbourhood);
}, 120_000);

afterAll(() => neighbourhood?.stop());

const plansOf = async (query = '') =>
  (await bodyOf<{ plans: readonly PlanOfVm[] }>(await neighbourhood.call(`plans?size=500${query}`))).plans;
const attempts = async () =>
  (await bodyOf<{ protections: readonly AttemptOfVm[] }>(await neighbourhood.call('protections?size=500'))).protections;
const ofSubscription = (id: string | undefined) => `&scope=/subscriptions/${id}`;

/** Waits until as many attempts are through. */
async function attemptsThrough(count: number): Promise<readonly AttemptOfVm[]> {
  const end = performance.now() + 60_000;
  for (;;) {
    const ended = (await attempts()).filter(({ state }) =>
      ['enabled', 'failed', 'refused', 'abandoned'].includes(state),
    );
    if (ended.length >= count || performance.now() > end) return ended;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

const post = (path: string, body: object) => neighbourhood.call(path, { method: 'POST', body: JSON.stringify(body) });
const writtenItems = () =>
  neighbourhood.azure.requests.filter(({ method, path }) => method === 'PUT' && /protectedItems/i.test(path));

describe('with rules of engagement', () => {
  it('health shows the scopes as they hold', async () => {
    const { engagement: shown } = await bodyOf<{ engagement: typeof engagement }>(await neighbourhood.call('health'));

    expect(shown.scopes.map(({ name, mode }) => [name, mode])).toEqual(
      engagement.scopes.map(({ name, mode }) => [name, mode]),
    );
  });

  it('plans are carried out where nobody has to approve them, by the other app, and nowhere else', async () => {
    const plans = await plansOf(ofSubscription(carriedOut?.subscriptionId));
    expect(plans.length).toBeGreaterThan(0);

    const ended = await attemptsThrough(plans.length);

    expect(ended.map(({ vmKey, state }) => [vmKey, state]).toSorted()).toEqual(
      plans.map(({ vmKey }) => [vmKey, 'enabled']).toSorted(),
    );
    expect(writtenItems()).toHaveLength(plans.length);
    expect(ended.every(({ isProven }) => !isProven)).toBe(true);
    expect(errors).toEqual([]);
  });

  it('plans are shown with vault, policy and cost, or with the reason why there is none', async () => {
    const shown = (await plansOf()).filter(({ plan }) => plan.kind === 'plan' && plan.mode === 'dry-run');
    expect(shown.length).toBeGreaterThan(0);
    expect(shown[0]).toMatchObject({
      verdict: 'protectable',
      plan: { action: 'enable', cost: { pricesOf: '2026-04' } },
    });

    const without = await plansOf('&kind=none');
    expect(without.length).toBeGreaterThan(0);
    expect(without.every(({ plan }) => plan.kind === 'none' && plan.why !== '')).toBe(true);
  });

  it('a plan that waits is carried out once it is approved', async () => {
    const before = (await attempts()).length;
    const [waiting] = await plansOf(ofSubscription(approved?.subscriptionId));
    expect.assert(waiting?.plan.kind === 'plan' && waiting.plan.needsApproval);
    const { planId } = waiting.plan as { planId?: string };

    const answer = await post(`plans/${planId}/approve`, { by: 'the owner' });

    expect(answer.status).toBe(202);
    const ended = await attemptsThrough(before + 1);
    expect(ended.find(({ vmKey }) => vmKey === waiting.vmKey)).toMatchObject({ state: 'enabled' });
    const vm = await bodyOf<{ protections: readonly object[] }>(await neighbourhood.call(`vms/${waiting.vmKey}`));
    expect(vm.protections).toMatchObject([{ number: 1, state: 'enabled' }]);
    // Its VM is just being judged anew: then there is no such plan any more.
    expect([404, 409]).toContain((await post(`plans/${planId}/approve`, { by: 'the owner' })).status);
  });

  it('the stop switch stops what is new', async () => {
    const before = writtenItems().length;
    expect(await bodyOf(await post('protections/stop', { stop: true }))).toEqual({ isStopped: true });
    const [waiting] = await plansOf(ofSubscription(approved?.subscriptionId));
    const { planId = '' } = (waiting?.plan ?? {}) as { planId?: string };
    expect((await post(`plans/${planId}/approve`, { by: 'the owner' })).status).toBe(202);
    await new Promise((resolve) => setTimeout(resolve, 3000));

    expect(writtenItems()).toHaveLength(before);
    expect(await bodyOf(await neighbourhood.call('protections'))).toMatchObject({ isStopped: true });
    await post('protections/stop', { stop: false });
  });

  it.each([
    ['POST', 'plans/nothing/approve', { by: 'me' }, 404],
    ['POST', 'plans/0123456789abcdef0123-0123456789abcdef/approve', { by: 'me' }, 404],
    ['POST', 'plans/nothing/approve', {}, 400],
    ['POST', 'protections/stop', { stop: 'yes' }, 400],
    ['GET', 'plans?kind=all', undefined, 400],
    ['GET', 'plans?scope=nowhere at all', undefined, 400],
    ['GET', 'plans?cursor=x', undefined, 400],
    ['GET', 'protections?size=0', undefined, 400],
  ])('%s %s %j answers with a problem', async (method, path, body, status) => {
    const answer = await neighbourhood.call(path, { method, ...(body ? { body: JSON.stringify(body) } : {}) });

    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  });
});
