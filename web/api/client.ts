import type { Attempt } from '../../lib/domain/attempt.ts';
import type { Finding } from '../../lib/domain/finding.ts';
import type { ExemptionCategory, ExemptionOrigin, RegisteredExemption } from '../../lib/domain/registered-exemption.ts';
import type { Grouping } from '../../lib/reports/posture-groups.ts';
import type { RuleDescription } from '../../lib/reports/rule.ts';
import type { Completeness } from '../../lib/use-cases/completeness.ts';
import type { Evaluated, Transition } from '../../lib/use-cases/evaluated.ts';
import type { ChangePage } from '../../lib/use-cases/list-changes.ts';
import type { ExemptionPage } from '../../lib/use-cases/list-exemptions.ts';
import type { ImportedPage } from '../../lib/use-cases/list-imported-exemptions.ts';
import type { VmPage } from '../../lib/use-cases/list-vms.ts';
import type { PostureReport } from '../../lib/use-cases/report-posture.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import type { CompletenessInPart, RunInPart } from '../../lib/use-cases/seen-in-part.ts';
import { type Query, queryText, request, sendJson } from './request.ts';

/** What an answer rests on; callers who see only some subscriptions are told no numbers. */
export type SeenCompleteness = CompletenessInPart & Partial<Omit<Completeness, keyof CompletenessInPart>>;

export type Posture = Omit<PostureReport, 'completeness'> & { readonly completeness: SeenCompleteness };

/** A run; callers who see only some subscriptions are told no numbers. */
export type SeenRun = RunInPart & Partial<Omit<Run, keyof RunInPart>>;

/** A VM with its newest changes, and the attempts to protect it. */
export type VmDetails = Evaluated & {
  readonly transitions: readonly Transition[];
  readonly protections: readonly Attempt[];
};

/** Who changes something, where a function key does not tell. */
interface Signed {
  readonly by?: string;
}

/** What became of a change: the exemption, and how many VMs are judged anew for it. */
interface ExemptionWritten {
  readonly exemption: RegisteredExemption;
  readonly vms: number;
}

/** What is said of an exemption when it is made or changed. */
export interface ExemptionWords {
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string;
  readonly category: ExemptionCategory;
  /** The last day on which it holds, `YYYY-MM-DD`. */
  readonly until: string;
}

interface NewExemption extends ExemptionWords {
  readonly scope: string;
}

/** Where exemptions are made that Backstop only shows. */
export type Imported = Exclude<ExemptionOrigin, 'register'>;

const vmPath = (vmKey: string) => `vms/${encodeURIComponent(vmKey)}`;
const exemptionPath = (id: string) => `exemptions/${encodeURIComponent(id)}`;

/** The routes of the API that the dashboard asks. */
export const api = {
  posture: (query: { readonly by?: Grouping; readonly trend?: number }, signal: AbortSignal): Promise<Posture> =>
    request(`posture${queryText(query)}`, { signal }),
  changes: (query: Query, signal: AbortSignal): Promise<ChangePage> =>
    request(`reports/changes.json${queryText(query)}`, { signal }),
  vms: (query: Query, signal: AbortSignal): Promise<VmPage> => request(`vms${queryText(query)}`, { signal }),
  vm: (vmKey: string, signal: AbortSignal): Promise<VmDetails> => request(vmPath(vmKey), { signal }),
  judge: (vmId: string): Promise<{ readonly findings: readonly Finding[] }> =>
    sendJson('POST', 'evaluations', { vmId }),
  sweeps: (size: number, signal: AbortSignal): Promise<{ readonly sweeps: readonly SeenRun[] }> =>
    request(`sweeps${queryText({ size })}`, { signal }),
  startSweep: (): Promise<SeenRun> => request('sweeps', { method: 'POST' }),
  rules: (signal: AbortSignal): Promise<{ readonly rules: readonly RuleDescription[] }> => request('rules', { signal }),
  exemptions: (query: Query, signal: AbortSignal): Promise<ExemptionPage> =>
    request(`exemptions${queryText(query)}`, { signal }),
  importedExemptions: (query: Query & { readonly origin: Imported }, signal: AbortSignal): Promise<ImportedPage> =>
    request(`exemptions${queryText(query)}`, { signal }),
  createExemption: (wish: NewExemption & Signed): Promise<ExemptionWritten> => sendJson('POST', 'exemptions', wish),
  changeExemption: (id: string, change: ExemptionWords & Signed): Promise<ExemptionWritten> =>
    sendJson('PATCH', exemptionPath(id), change),
  endExemption: (id: string, end: Signed & { readonly reason: string }): Promise<ExemptionWritten> =>
    sendJson('POST', `${exemptionPath(id)}/end`, end),
};
