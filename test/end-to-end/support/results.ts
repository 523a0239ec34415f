import { expect, vi } from 'vitest';

import type { Finding } from '../../../lib/domain/finding.ts';
import type { Evaluated } from '../../../lib/use-cases/evaluated.ts';
import type { PostureReport } from '../../../lib/use-cases/report-posture.ts';
import type { Run } from '../../../lib/use-cases/run.ts';
import { createApi } from '../../../local/demo/api.ts';
import type { Neighbourhood } from '../../../local/neighbourhood.ts';

interface Page {
  readonly vms: readonly Evaluated[];
  readonly next: string | null;
}

/** How long something that happens behind queues may take. */
export const patience = { timeout: 25_000, interval: 100 } as const;

/** The body of an answer that has to be a success. */
export async function bodyOf<T>(answer: Response): Promise<T> {
  const text = await answer.text();
  expect(answer.ok, `${answer.status} ${text}`).toBe(true);
  return JSON.parse(text) as T;
}

/** All VMs that a query finds, page after page by the cursor. */
export async function allVms({ call }: Neighbourhood, size = 500, filter = ''): Promise<readonly Evaluated[]> {
  const vms: Evaluated[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Page = await bodyOf(await call(`vms?size=${size}${filter}${cursor && `&cursor=${cursor}`}`));
    vms.push(...page.vms);
    cursor = page.next;
  }
  return vms;
}

/** Judges one VM now. */
export async function evaluate(
  { call }: Neighbourhood,
  vmId: string,
): Promise<Omit<Evaluated, 'findings'> & { readonly findings: readonly Finding[] }> {
  return bodyOf(await call('evaluations', { method: 'POST', body: JSON.stringify({ vmId }) }));
}

/** Sweeps and waits for the end. */
export async function sweep(neighbourhood: Neighbourhood): Promise<Run> {
  const { runId } = await createApi(neighbourhood).startSweep();
  return ended(neighbourhood, runId);
}

/** Waits for the end of a sweep. */
export function ended(neighbourhood: Neighbourhood, runId: string): Promise<Run> {
  const api = createApi(neighbourhood);
  const endedRun = async () => {
    const run = await api.sweep(runId);
    return run?.finishedAt ? run : undefined;
  };
  return vi.waitUntil(endedRun, patience);
}

/** How many VMs have each verdict, without the verdicts that none has. */
export function countVerdicts(vms: readonly Pick<Evaluated, 'verdict'>[]): Readonly<Record<string, number>> {
  const groups = Map.groupBy(vms, ({ verdict }) => verdict);
  return Object.fromEntries([...groups].map(([verdict, group]) => [verdict, group.length]));
}

/** The posture's verdicts in the form of `countVerdicts`, and its number of VMs. */
export async function postureOf(
  { call }: Neighbourhood,
  query = '',
): Promise<PostureReport & { readonly counted: Readonly<Record<string, number>> }> {
  const report: PostureReport = await bodyOf(await call(`posture${query}`));
  const counted = Object.fromEntries(Object.entries(report.verdicts).filter(([, count]) => count > 0));
  return { ...report, counted };
}
