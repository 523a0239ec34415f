import { isVisible, speaksOnlyOf } from '../domain/caller.ts';
import type { Completeness } from './completeness.ts';
import type { Gap, Run } from './run.ts';

/** What of a run may be told to who sees only some subscriptions: its numbers are of all of them together, so it has none. */
export interface RunInPart
  extends Pick<Run, 'runId' | 'kind' | 'startedAt' | 'finishedAt' | 'state' | 'trigger' | 'only' | 'changesSince'> {
  /** Those that name one of these subscriptions, and no other. */
  readonly gaps: readonly Gap[];
}

/** The same of what an answer rests on. */
export type CompletenessInPart = Pick<
  Completeness,
  'runId' | 'state' | 'complete' | 'startedAt' | 'finishedAt' | 'ageHours' | 'gaps'
>;

function gapsSeen(gaps: readonly Gap[], visible: readonly string[]): readonly Gap[] {
  return gaps.filter(({ what, detail }) => speaksOnlyOf(visible, `${what} ${detail}`));
}

/** Whether a run was about subscriptions of which some may be seen. */
export function concerns({ only }: Pick<Run, 'only'>, visible: readonly string[]): boolean {
  return only?.some((id) => isVisible(visible, id)) ?? true;
}

/** A run as who sees some subscriptions sees it. */
export function runInPart(run: Run, visible: readonly string[]): RunInPart {
  const { runId, kind, startedAt, finishedAt, state, trigger, changesSince, gaps } = run;
  const only = run.only?.filter((id) => isVisible(visible, id));
  return {
    runId,
    kind,
    startedAt,
    ...(finishedAt === undefined ? {} : { finishedAt }),
    state,
    trigger,
    ...(only ? { only } : {}),
    ...(changesSince === undefined ? {} : { changesSince }),
    gaps: gapsSeen(gaps, visible),
  };
}

/** What an answer rests on, as who sees some subscriptions sees it. */
export function completenessInPart(completeness: Completeness, visible: readonly string[]): CompletenessInPart {
  const { runId, state, complete, startedAt, finishedAt, ageHours, gaps } = completeness;
  return { runId, state, complete, startedAt, finishedAt, ageHours, gaps: gapsSeen(gaps, visible) };
}
