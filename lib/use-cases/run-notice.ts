import { forgottenAfter, type Notice } from '../domain/notification.ts';
import type { Run } from './run.ts';
import { shortened } from './vm-notice.ts';

/** Gaps that are told; the run has all of them. */
const gapsTold = 10;

/**
 * What the end of a full sweep is announced as: that it could not see everything, or that it does again after one that could
 * not. `before`: the full sweep that ended before it.
 */
export function noticeOfRun(run: Run, before: Run | undefined): Notice | undefined {
  const { runId, kind, state, finishedAt } = run;
  const isBad = state === 'incomplete' || state === 'failed';
  const wasBad = before?.state === 'incomplete' || before?.state === 'failed';
  if (kind !== 'full' || !finishedAt || !(isBad || (state === 'complete' && wasBad))) {
    return undefined;
  }
  const { startedAt, subscriptionsExpected, subscriptionsRead, shards, shardsDone, vmsExpected, vms, gaps } = run;
  return {
    id: `sweep-${runId.toLowerCase()}-${isBad ? 'incomplete' : 'complete'}`,
    kind: isBad ? 'Sweep.Incomplete' : 'Sweep.CompleteAgain',
    at: finishedAt,
    subject: runId,
    data: {
      runId,
      state,
      startedAt,
      finishedAt,
      subscriptionsExpected,
      subscriptionsRead,
      shards,
      shardsDone,
      vmsExpected,
      vms,
      gapCount: gaps.length,
      gaps: gaps
        .slice(0, gapsTold)
        .map(({ what, cause, detail }) => ({ what: shortened(what, 300), cause, detail: shortened(detail, 500) })),
    },
    about: { what: 'run', runId },
    forgetAt: forgottenAfter(finishedAt),
  };
}
