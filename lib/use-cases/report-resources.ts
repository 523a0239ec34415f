import { isVisible, speaksOnlyOf, type Visible } from '../domain/caller.ts';
import type { ResourceFinding } from '../domain/judge-resources.ts';
import type { Ports } from './ports.ts';
import type { Run } from './run.ts';

/** What the newest sweep found about resources that are no VMs. */
export interface ResourceReport {
  readonly runId: string | null;
  readonly state: Run['state'] | 'never-swept';
  readonly finishedAt: string | null;
  /** How many resources fail each rule. */
  readonly rules: Readonly<Record<string, number>>;
  /** Failures before what could not be told. */
  readonly findings: readonly ResourceFinding[];
}

/** Whether a finding may be seen: one about no resource says of a whole kind that it could not be read. */
function isSeen(visible: Visible, { resource, finding }: ResourceFinding): boolean {
  return resource ? isVisible(visible, resource.subscriptionId) : speaksOnlyOf(visible, finding.message);
}

/** Findings about classic resources and about items without a VM, by the newest sweep that ended, as far as they may be seen. */
export async function reportResources({ runs }: Pick<Ports, 'runs'>, visible?: Visible): Promise<ResourceReport> {
  const newest = await runs.newest(10, 'full');
  const run = newest.find(({ finishedAt }) => finishedAt !== undefined);
  if (!run) {
    return { runId: null, state: 'never-swept', finishedAt: null, rules: {}, findings: [] };
  }
  const all = (await runs.resourceFindings(run.runId)).filter((each) => isSeen(visible, each));
  const failures = all.filter(({ finding }) => finding.outcome === 'fail');
  const counts = Object.entries(Object.groupBy(failures, ({ finding }) => finding.rule));
  return {
    runId: run.runId,
    state: run.state,
    finishedAt: run.finishedAt ?? null,
    rules: Object.fromEntries(counts.map(([rule, findings]) => [rule, findings?.length ?? 0])),
    findings: [...failures, ...all.filter(({ finding }) => finding.outcome !== 'fail')],
  };
}
