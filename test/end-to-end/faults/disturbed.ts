import { inspect } from 'node:util';

import { expect, onTestFailed, onTestFinished, vi } from 'vitest';
import * as z from 'zod';

import type { Run } from '../../../lib/use-cases/run.ts';
import type { Estate } from '../../../local/estates/estate.ts';
import type { Neighbourhood, NeighbourhoodOptions } from '../../../local/neighbourhood.ts';
import type { FaultProxy } from '../../../local/storage/fault-proxy.ts';
import { startBuilt } from '../support/built-app.ts';
import { openQueues } from '../support/queues.ts';
import { allVms, countVerdicts, postureOf } from '../support/results.ts';

/** How long a sweep may take that is disturbed on its way. */
export const patience = { timeout: 120_000, interval: 100 } as const;

/** Small shards and pages, and a queue that gives back soon what waits, failed, or was left by a process that died. */
export const brisk = {
  queueLeaseSeconds: 2,
  faultyStorage: { hurry: 10 },
  settings: {
    BACKSTOP_SHARD_VMS: '6',
    BACKSTOP_SETTLE_SECONDS: '0',
    AzureFunctionsJobHost__extensions__queues__visibilityTimeout: '00:00:01',
    AzureFunctionsJobHost__extensions__queues__newBatchThreshold: '4',
  },
  simulated: { resourceGraphQuota: 'off', lagMs: 0, graphPageSize: 10 },
} satisfies Omit<NeighbourhoodOptions, 'estate'>;

/** A neighbourhood whose storage can go wrong. */
export interface Disturbed extends Neighbourhood {
  readonly storageProxy: FaultProxy;
}

/** Lines of the log that a failed test shows. */
const linesShown = 30;

/** Starts it for one test; what the service said last is shown when the test fails. */
export async function disturbed(
  estate: Estate,
  simulated: NeighbourhoodOptions['simulated'] = {},
  hurry = brisk.faultyStorage.hurry,
): Promise<Disturbed> {
  const lines: string[] = [];
  const onLog = (line: string) => void lines.push(line.slice(0, 300));
  onTestFailed(() => console.log(lines.slice(-linesShown).join('\n')));
  const simulation = { ...brisk.simulated, ...simulated };
  const options = { ...brisk, estate, onLog, simulated: simulation, faultyStorage: { hurry } };
  const neighbourhood = await startBuilt(options);
  onTestFinished(() => neighbourhood.stop());
  const { storageProxy } = neighbourhood;
  expect.assert(storageProxy);
  // Not a spread: the host changes when the process is restarted.
  return Object.assign(neighbourhood, { storageProxy });
}

/** Asks for a sweep until there is an answer, as an operator does; answers the run, whoever asked for it. */
export async function startSweep({ call }: Neighbourhood): Promise<string> {
  return vi.waitUntil(async () => {
    const answer = await call('sweeps', { method: 'POST' }).catch(() => undefined);
    return answer?.status === 202 || answer?.status === 409 ? Started.parse(await answer.json()).runId : undefined;
  }, patience);
}

/** What both a sweep that was started and the refusal of another one name. */
const Started = z.looseObject({ runId: z.string() });

/** Waits for the end of a sweep; requests that fail meanwhile are made again. Fails with how far it came. */
export async function endOf(neighbourhood: Neighbourhood, runId: string): Promise<Run> {
  let last: unknown;
  const endedRun = async () => {
    // Far more than the newest: while the estate's time stands, chance decides which of two sweeps is the newer one.
    const answer = await neighbourhood.call('sweeps?size=100').catch(() => undefined);
    const { sweeps }: { sweeps: readonly Run[] } = answer?.ok ? JSON.parse(await answer.text()) : { sweeps: [] };
    const run = sweeps.find((each) => each.runId === runId);
    last = run ?? last;
    return run?.finishedAt ? run : undefined;
  };
  return vi.waitUntil(endedRun, patience).catch(async () => {
    const messages = await openQueues(neighbourhood).count('sweep-shard');
    return expect.unreachable(`Sweep ${runId} did not end: ${inspect(last)}, ${messages} messages are left`);
  });
}

/** Sweeps to the end, whatever is in the way. */
export async function sweepThrough(neighbourhood: Neighbourhood): Promise<Run> {
  return endOf(neighbourhood, await startSweep(neighbourhood));
}

/** What was judged of each VM, in words, by its lower-cased id: two runs over the same estate have to agree in it. */
export type Judged = Readonly<Record<string, string>>;

/** What is stored about the VMs that stand. Fails where a VM has two rows. */
export async function judged(neighbourhood: Neighbourhood): Promise<Judged> {
  const vms = await allVms(neighbourhood);
  const ids = vms.map(({ vmId }) => vmId.toLowerCase());
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  const inWords = ({ verdict, failing, unknown }: (typeof vms)[number]) =>
    [verdict, 'failing:', ...failing.toSorted(), 'unknown:', ...unknown.toSorted()].join(' ');
  return Object.fromEntries(vms.map((vm) => [vm.vmId.toLowerCase(), inWords(vm)]));
}

/** The same without the rules that could not tell: what is known of an agent grows old between two sweeps. */
export function withoutUnknown(found: Judged): Judged {
  return Object.fromEntries(Object.entries(found).map(([id, words]) => [id, words.replace(/ unknown:.*/, '')]));
}

/** What one run judged otherwise than another: nothing, if all is well. */
export function differences(found: Judged, truth: Judged): readonly string[] {
  const ids = [...new Set([...Object.keys(found), ...Object.keys(truth)])];
  return ids
    .filter((id) => found[id] !== truth[id])
    .map((id) => `${id.split('/').at(-1)} is ${found[id] ?? 'missing'}; undisturbed ${truth[id] ?? 'missing'}`);
}

/** The posture is that of the rows, no message was given up, and no shard is left to do. */
export async function expectOrder(neighbourhood: Neighbourhood): Promise<void> {
  const vms = await allVms(neighbourhood);
  expect(await postureOf(neighbourhood)).toMatchObject({ vms: vms.length, counted: countVerdicts(vms) });
  const queues = openQueues(neighbourhood);
  await expect.poll(() => queues.count('sweep-shard'), patience).toBe(0);
  for (const queue of ['sweep-shard-poison', 'evaluate-vm-poison']) {
    expect(await queues.peek(queue), queue).toEqual([]);
  }
}

/** An undisturbed first sweep over an estate in a neighbourhood of its own. */
export async function undisturbed(estate: Estate): Promise<{ readonly run: Run; readonly judged: Judged }> {
  const neighbourhood = await startBuilt({ ...brisk, estate });
  try {
    const run = await sweepThrough(neighbourhood);
    return { run, judged: await judged(neighbourhood) };
  } finally {
    await neighbourhood.stop();
  }
}
