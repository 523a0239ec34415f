import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { verdicts } from '../../lib/domain/verdict.ts';
import { catalogue } from '../../lib/rules/catalogue.ts';
import { resourceCatalogue } from '../../lib/rules/resources/catalogue.ts';
import { serverCatalogue } from '../../lib/rules/servers/catalogue.ts';
import type { HealthReport } from '../../lib/use-cases/check-health.ts';
import type { ResourceReport } from '../../lib/use-cases/report-resources.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { authorizationFailed } from '../../local/azure/arm-error.ts';
import { generateEstate } from '../../local/estates/generate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from './support/built-app.ts';
import { vmIdsOf } from './support/estate-vms.ts';
import { allVms, bodyOf, countVerdicts, ended, evaluate, postureOf } from './support/results.ts';

const estate = generateEstate({ vms: 60, seed: 11 });
const vmIds = vmIdsOf(estate);
let neighbourhood: Neighbourhood;

beforeAll(async () => {
  neighbourhood = await startBuilt({ estate, simulated: { resourceGraphQuota: 'off' } });
});

afterAll(() => neighbourhood?.stop());

function lowerIds(vms: readonly { readonly vmId: string }[]): readonly string[] {
  return vms.map(({ vmId }) => vmId.toLowerCase()).toSorted();
}

describe('a sweep over an estate of 60 VMs', () => {
  it('is started once by two requests at the same time; the second is told which one runs', async () => {
    const post = () => neighbourhood.call('sweeps', { method: 'POST' });

    const answers = await Promise.all([post(), post()]);

    const [started, refused] = answers.toSorted((a, b) => a.status - b.status);
    expect([started?.status, refused?.status]).toEqual([202, 409]);
    const run = (await started?.json()) as Run;
    expect(await refused?.json()).toMatchObject({ status: 409, runId: run.runId });
    expect(refused?.headers.get('content-type')).toBe('application/problem+json');
    expect(await ended(neighbourhood, run.runId)).toMatchObject({
      state: 'complete',
      trigger: 'request',
      vms: 60,
      vmsExpected: 60,
      subscriptionsRead: estate.subscriptions.length,
      gaps: [],
    });
  });

  it('leaves exactly one row for each VM', async () => {
    expect(lowerIds(await allVms(neighbourhood))).toEqual(vmIds);
  });

  it('gives a posture that equals the sum of the VMs, as a whole and by subscription', async () => {
    const vms = await allVms(neighbourhood);

    const { counted, completeness, rules, compliance, ...posture } = await postureOf(neighbourhood);

    expect(posture.vms).toBe(60);
    expect(counted).toEqual(countVerdicts(vms));
    expect(Object.keys(posture.verdicts)).toEqual(verdicts);
    expect(Object.values(compliance).reduce((sum, count) => sum + count, 0)).toBe(60);
    expect(completeness).toMatchObject({ complete: true, state: 'complete', gaps: [] });
    for (const { id } of catalogue) {
      expect(rules[id] ?? 0, id).toBe(vms.filter(({ failing }) => failing.includes(id)).length);
    }
    for (const { subscriptionId } of estate.subscriptions) {
      const own = vms.filter((vm) => vm.subscriptionId === subscriptionId);
      expect((await postureOf(neighbourhood, `?subscription=${subscriptionId}`)).counted).toEqual(countVerdicts(own));
    }
  });

  it('changes nothing when it is repeated', async () => {
    const before = await allVms(neighbourhood);
    const run = await bodyOf<Run>(await neighbourhood.call('sweeps', { method: 'POST' }));

    expect(await ended(neighbourhood, run.runId)).toMatchObject({ state: 'complete', vms: 60, changed: 0 });
    expect(await allVms(neighbourhood)).toEqual(before);
  });
});

describe('the list of VMs', () => {
  it.each([1, 7, 60])('visits every VM exactly once in pages of %i', async (size) => {
    expect(lowerIds(await allVms(neighbourhood, size))).toEqual(vmIds);
  });

  it('with a filter visits those that fit, in pages as well', async () => {
    const all = await allVms(neighbourhood);
    const isProtected = all.filter(({ verdict }) => verdict === 'protected');

    expect(await allVms(neighbourhood, 4, '&verdict=protected')).toEqual(isProtected);
    expect(await allVms(neighbourhood, 4, '&rule=health-protected')).toEqual(
      all.filter(({ failing, unknown }) => [...failing, ...unknown].includes('health-protected')),
    );
  });

  it.each([
    ['as Azure writes it', (id: string) => id],
    ['in upper case', (id: string) => id.toUpperCase()],
    ['in lower case', (id: string) => id.toLowerCase()],
    ['with a slash at its end', (id: string) => `${id}/`],
  ])('finds a VM by its id %s', async (_how, write) => {
    const [vm] = await allVms(neighbourhood, 1);
    expect.assert(vm);

    const answer = await neighbourhood.call(`vms?id=${encodeURIComponent(write(vm.vmId))}`);

    const found = await bodyOf(answer);
    expect(found).toMatchObject(vm);
    // The first sweep is where the history begins.
    expect(found).toHaveProperty('transitions', []);
    expect(await bodyOf(await neighbourhood.call(`vms/${vm.vmKey}`))).toEqual(found);
  });
});

describe('a request to judge one VM now', () => {
  it('answers with all findings, their evidence, and commands for this very VM', async () => {
    const [blocked] = await allVms(neighbourhood, 500, '&verdict=blocked');
    expect.assert(blocked);

    const { findings, ...row } = await evaluate(neighbourhood, blocked.vmId.toUpperCase());

    expect(row).toMatchObject({ vmKey: blocked.vmKey, verdict: 'blocked', trigger: 'request' });
    expect(findings.map(({ rule }) => rule).toSorted()).toEqual(catalogue.map(({ id }) => id).toSorted());
    for (const finding of findings.filter(({ outcome }) => outcome === 'pass' || outcome === 'fail')) {
      expect(finding.evidence.length, finding.rule).toBeGreaterThan(0);
      for (const { values, where, readAt } of finding.evidence) {
        expect(values).toBeTypeOf('object');
        expect(where, finding.rule).not.toBe('');
        expect(Number.isNaN(Date.parse(readAt)), `${finding.rule}: ${readAt}`).toBe(false);
      }
    }
    const fixes = findings.flatMap((finding) => ('fix' in finding && finding.fix ? [finding.fix] : []));
    expect(fixes.flatMap(({ commands }) => commands).length).toBeGreaterThan(0);
    for (const { text, commands } of fixes) {
      expect([text, ...commands].join('\n')).not.toMatch(/[{}<>]|undefined/);
    }
    expect(fixes.flatMap(({ commands }) => commands).join('\n')).toContain(row.subscriptionId);
  });

  it('agrees with the sweep on every VM', async () => {
    const vms = await allVms(neighbourhood);

    for (const { vmId, verdict } of vms) {
      expect(await evaluate(neighbourhood, vmId), vmId).toMatchObject({ verdict });
    }
  });
});

it('lists every rule with its source and reasons', async () => {
  const { rules } = await bodyOf<{ rules: readonly object[] }>(await neighbourhood.call('rules'));

  const all = [...catalogue, ...resourceCatalogue, ...serverCatalogue];
  expect(rules).toHaveLength(all.length);
  for (const [index, { id, title, severity }] of all.entries()) {
    expect(rules[index]).toMatchObject({ id, title, severity });
  }
});

describe('the report on other resources', () => {
  it('is that of the newest sweep', async () => {
    const { sweeps } = await bodyOf<{ sweeps: readonly Run[] }>(await neighbourhood.call('sweeps?size=1'));

    const report = await bodyOf<ResourceReport>(await neighbourhood.call('reports/other-resources.json'));

    expect(report).toMatchObject({ runId: sweeps[0]?.runId, state: 'complete' });
    expect(report.findings.every(({ finding }) => finding.message !== '')).toBe(true);
  });

  it('is told to whoever asks for a report that does not exist', async () => {
    const answer = await neighbourhood.call('reports/posture.pdf');

    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('other-resources.json') });
  });
});

it('lists the sweeps, as many as were asked for', async () => {
  const { sweeps } = await bodyOf<{ sweeps: readonly Run[] }>(await neighbourhood.call('sweeps?size=1'));

  expect(sweeps).toMatchObject([{ state: 'complete', vms: 60 }]);
});

describe('health', () => {
  it('is well when everything can be read', async () => {
    const answer = await neighbourhood.call('health');

    expect(await bodyOf(answer)).toMatchObject({ ok: true });
  });

  it('answers 503 and names the permission that is missing', async () => {
    const action = 'Microsoft.RecoveryServices/vaults/read';
    const [subscription] = estate.subscriptions;
    expect.assert(subscription);
    const scope = `/subscriptions/${subscription.subscriptionId}`;
    const { status, body } = authorizationFailed('11111111-1111-1111-1111-111111111111', action, scope).answer;
    const path = new RegExp(`^${scope}/providers/Microsoft\\.RecoveryServices/vaults$`, 'i');
    neighbourhood.azure.faults({ path, status, body, times: 1 });

    const answer = await neighbourhood.call('health');

    expect(answer.status).toBe(503);
    const { ok, checks } = (await answer.json()) as HealthReport;
    expect(ok).toBe(false);
    expect(checks.filter((check) => !check.ok)).toMatchObject([{ missingPermission: action }]);
  });
});
