import { expect, test } from 'vitest';

import type { EvaluatedHead } from '../../lib/use-cases/evaluated.ts';
import type { Heads, PageResult } from '../../lib/use-cases/judge-page.ts';
import { judgePage } from '../../lib/use-cases/judge-page.ts';
import { knowledgeOf } from '../../lib/use-cases/knowledge.ts';
import { readForShard } from '../../lib/use-cases/read-everything.ts';
import { ShardTally } from '../../lib/use-cases/shard-tally.ts';
import { allMachines } from '../contract/all-machines.ts';
import { serviceInAzure } from '../contract/service-in-azure.ts';
import { estateNow, subscription, testEstate, vaultId } from '../contract/test-estate.ts';
import { trustedCertificate } from '../contract/trusted-certificate.ts';
import { evaluatedRow } from '../ports/evaluated-row.ts';

const certificate = await trustedCertificate();
const cell = { subscriptionId: subscription, region: 'westeurope', vms: 2 };
const nothing: Heads = new Map();

/** The VMs of the test estate, judged as one page of a sweep. */
async function judgedPage(denied: readonly { readonly scope: string; readonly action: string }[] = []) {
  const service = await serviceInAzure(certificate, { estate: testEstate({ denied: [...denied] }) });
  const shard = await readForShard(service, service.judgement, [cell], 'run');
  const page = await allMachines(service.inventory, [cell]);
  if (page.kind === 'unknown') throw new Error(page.because.detail);
  const readings = await shard.of(page.value);
  const knowledge = knowledgeOf(readings);
  const { results } = await judgePage(service, page.value.machines, {
    ...{ settings: service.judgement, runId: 'run', now: new Date(estateNow), looksAllowed: 0 },
    ...{ stored: nothing, knowledge, around: readings.surroundings },
  });
  return { results, sweep: knowledge.sweep };
}

test('VMs are counted by verdict in their cell, page by page', async () => {
  const { results, sweep } = await judgedPage();
  const tally = new ShardTally();

  tally.addPage(results.slice(0, 1), {});
  tally.addPage(results.slice(1), sweep);

  expect([tally.vms, tally.judged, tally.seen.size, tally.seenIds.size]).toEqual([2, 2, 2, 2]);
  expect(tally.read).toEqual(new Map([[subscription, 2]]));
  expect(tally.postureOf(cell)).toMatchObject({ vms: 2, verdicts: { protected: 1, protectable: 1 } });
  expect(tally.postureOf({ ...cell, region: 'northeurope' })).toMatchObject({ vms: 0 });
  expect(tally.networks.vms).toBe(2);
});

test('a VM that was not judged counts as it is stored, and one that is stored as gone does not', async () => {
  const { results } = await judgedPage();
  const stored = (vmKey: string, change: Partial<EvaluatedHead>): EvaluatedHead => {
    const { findings: _, ...head } = evaluatedRow({ subscriptionId: subscription, name: 'x', ...change });
    return { ...head, vmKey };
  };
  const changes: readonly Partial<EvaluatedHead>[] = [{ verdict: 'blocked' }, { goneAt: estateNow }];
  const unjudged = results.map(
    ({ machine, vmKey }, place): PageResult => ({ machine, vmKey, before: stored(vmKey, changes[place] ?? {}) }),
  );
  const tally = new ShardTally();

  tally.addPage(unjudged, {});

  expect([tally.vms, tally.judged]).toEqual([2, 0]);
  expect(tally.postureOf(cell)).toMatchObject({ vms: 1, verdicts: { blocked: 1 } });
});

test('rules that could not tell because something could not be read are counted, by rule', async () => {
  const action = 'Microsoft.RecoveryServices/vaults/backupProtectedItems/read';
  const whole = new ShardTally();
  const blind = new ShardTally();

  const seen = await judgedPage();
  whole.addPage(seen.results, seen.sweep);
  const hidden = await judgedPage([{ scope: vaultId(), action }]);
  blind.addPage(hidden.results, hidden.sweep);

  // That bulk reads do not show the agent is no fault of this run.
  expect(whole.rulesUnknown.get('agent-ready')).toBeUndefined();
  expect(whole.rulesUnknown.get('health-protected')).toBeUndefined();
  expect(blind.rulesUnknown.get('health-protected')).toBe(2);
});

test('looks are summed up, and a gap that pages have in common is told once', () => {
  const tally = new ShardTally();
  const gap = (cause: string, detail: string) => ({ what: 'items', cause, detail });

  tally.addLooks({ made: 3, left: 1 });
  tally.addLooks({ made: 2, left: 0 });
  tally.addGaps([gap('throttled', 'first'), gap('no-permission', 'first')]);
  tally.addGaps([gap('throttled', 'second')]);

  expect(tally.looks).toEqual({ made: 5, left: 1 });
  expect(tally.gaps.map(({ cause }) => cause)).toEqual(['throttled', 'no-permission']);
});
