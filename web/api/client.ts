import type { Attempt } from '../../lib/domain/attempt.ts';
import type { Finding } from '../../lib/domain/finding.ts';
import type {
  ExemptionCategory,
  ExemptionOfVm,
  ExemptionOrigin,
  ExemptionState,
  RegisteredExemption,
} from '../../lib/domain/registered-exemption.ts';
import type { Grouping } from '../../lib/reports/posture-groups.ts';
import type { RuleDescription } from '../../lib/reports/rule.ts';
import type { Evaluated, Transition } from '../../lib/use-cases/evaluated.ts';
import type { ChangePage } from '../../lib/use-cases/list-changes.ts';
import type { VmPage } from '../../lib/use-cases/list-vms.ts';
import type { PostureReport } from '../../lib/use-cases/report-posture.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import { type Query, queryText, request, sendJson } from './request.ts';

/** What the register says about how many of its exemptions hold. */
interface ExemptionCounts {
  readonly exemptions?: { readonly valid: number; readonly expiring: number; readonly expired: number };
  /** Exempt VMs whose exemption ends within the announced days. */
  readonly expiringVms?: number;
}

export type Posture = PostureReport & ExemptionCounts;

/** A VM in a list. */
export type VmRow = Evaluated & { readonly exemption?: ExemptionOfVm };

/** A VM with its newest changes, and the attempts to protect it. */
export type VmDetails = VmRow & {
  readonly transitions: readonly Transition[];
  readonly protections: readonly Attempt[];
};

/** An exemption of the register, with what it comes to now. */
export type Registered = RegisteredExemption & { readonly origin: 'register'; readonly state: ExemptionState };

/** An exemption that a tag or Azure Policy gives to a VM. */
export type Imported = ExemptionOfVm & {
  readonly vmId: string;
  readonly vmKey: string;
  readonly state: ExemptionState;
};

export type AnyExemption = Registered | Imported;

interface ExemptionPage {
  readonly exemptions: readonly AnyExemption[];
  readonly next: string | null;
}

/** What is asked for when an exemption is made. */
export interface NewExemption {
  readonly scope: string;
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string;
  readonly category: ExemptionCategory;
  /** ISO 8601. */
  readonly until: string;
}

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
  sweeps: (size: number, signal: AbortSignal): Promise<{ readonly sweeps: readonly Run[] }> =>
    request(`sweeps${queryText({ size })}`, { signal }),
  startSweep: (): Promise<Run> => request('sweeps', { method: 'POST' }),
  rules: (signal: AbortSignal): Promise<{ readonly rules: readonly RuleDescription[] }> => request('rules', { signal }),
  exemptions: (query: Query & { readonly origin?: ExemptionOrigin }, signal: AbortSignal): Promise<ExemptionPage> =>
    request(`exemptions${queryText(query)}`, { signal }),
  createExemption: (wish: NewExemption): Promise<RegisteredExemption> => sendJson('POST', 'exemptions', wish),
  changeExemption: (id: string, change: Partial<Omit<NewExemption, 'scope'>>): Promise<RegisteredExemption> =>
    sendJson('PATCH', exemptionPath(id), change),
  endExemption: (id: string, reason: string): Promise<RegisteredExemption> =>
    sendJson('POST', `${exemptionPath(id)}/end`, { reason }),
};
