import { vi } from 'vitest';

import type { Finding } from '../../lib/domain/finding.ts';
import { accessOf } from '../../local/azure/access.ts';
import { createApi } from '../../local/demo/api.ts';
import type { Estate } from '../../local/estates/estate.ts';
import type { Neighbourhood } from '../../local/neighbourhood.ts';
import { startBuilt } from '../end-to-end/support/built-app.ts';
import { allVms, bodyOf } from '../end-to-end/support/results.ts';
import type { Answer } from './answer.ts';

/** VMs that are judged at the same time on request. */
const requestsAtOnce = 6;

/** A sweep of thousands of items on a busy machine takes its time; one that hangs is found out in the end. */
const patience = { timeout: 300_000, interval: 100 } as const;

async function sweptVerdicts(neighbourhood: Neighbourhood): Promise<ReadonlyMap<string, string>> {
  const api = createApi(neighbourhood);
  const { runId } = await api.startSweep();
  await vi.waitUntil(async () => (await api.sweep(runId))?.finishedAt !== undefined, patience);
  return new Map((await allVms(neighbourhood)).map(({ vmId, verdict }) => [vmId.toLowerCase(), verdict]));
}

async function judgeOnRequest({ call }: Neighbourhood, vmId: string): Promise<Answer['requested']> {
  const answer = await call('evaluations', { method: 'POST', body: JSON.stringify({ vmId }) });
  if (!answer.ok) {
    return { kind: 'failed', why: `${answer.status} ${await answer.text()}` };
  }
  const { verdict, findings } = await bodyOf<{ verdict: string; findings: readonly Finding[] }>(answer);
  return { kind: 'evaluated', verdict, findings };
}

/** Works on all, a few at a time. */
async function eachOf<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const waiting = all.values();
  const worker = async () => {
    for (const one of waiting) {
      await work(one);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** What the built app, started in a simulated Azure with this estate, says of its VMs, and by which rules. */
export interface JudgedEstate {
  readonly rules: ReadonlySet<string>;
  /** By lower-cased ARM id. */
  readonly answers: ReadonlyMap<string, Answer>;
}

/** Sweeps an estate, and then judges the given VMs one by one on request: the whole path, the real SDKs included. */
export async function judgeEstate(estate: Estate, vms: readonly string[]): Promise<JudgedEstate> {
  const neighbourhood = await startBuilt({ estate, simulated: { resourceGraphQuota: 'off', armLimits: 'off' } });
  try {
    const { rules } = await bodyOf<{ rules: readonly { readonly id: string }[] }>(await neighbourhood.call('rules'));
    const swept = await sweptVerdicts(neighbourhood);
    const access = accessOf(estate.denied, '');
    const unlisted = (vm: string) =>
      access.refuses('Microsoft.Compute/virtualMachines/read', vm) ? 'hidden' : 'not listed';
    const answers = new Map<string, Answer>();
    await eachOf(vms, requestsAtOnce, async (vm) => {
      const requested = await judgeOnRequest(neighbourhood, vm);
      answers.set(vm.toLowerCase(), { swept: swept.get(vm.toLowerCase()) ?? unlisted(vm), requested });
    });
    return { rules: new Set(rules.map(({ id }) => id)), answers };
  } finally {
    await neighbourhood.stop();
  }
}
