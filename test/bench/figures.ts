import type { RequestCounts } from './request-kinds.ts';

/** One sweep by a service that was started for it, so that its memory and its CPU time are those of this sweep. */
export interface SweepFigures {
  readonly sweep: 'first' | 'unchanged' | '1 % changed';
  readonly quota: 'on' | 'off';
  /** How the run ended. */
  readonly state: string;
  readonly vms: number;
  /** Rows of the table `vms`. */
  readonly rowsWritten: number;
  readonly wallSeconds: number;
  /** With the quota on: the least time in which it grants these requests to Resource Graph. */
  readonly floorSeconds?: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly requests: RequestCounts;
}

/** From the creation of VMs to their rows, without the settle delay. Not a number: not stored while it was waited for. */
export interface EventFigures {
  readonly quota: 'on' | 'off';
  readonly events: number;
  readonly stored: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly cpuSeconds: number;
  readonly requests: RequestCounts;
}

/** Times of one kind of read, one call after the other. */
export interface ReadFigures {
  readonly read: 'posture' | 'page of 100 vms';
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** What was measured on one estate. */
export interface SizeFigures {
  readonly vms: number;
  readonly subscriptions: number;
  readonly sweeps: readonly SweepFigures[];
  readonly events: readonly EventFigures[];
  readonly reads: readonly ReadFigures[];
}

/** Medians, from the start of the process to its end. */
export interface StartFigures {
  readonly starts: number;
  /** Until all functions are registered and the app has checked its settings. */
  readonly appMs: number;
  /** `node -e 0`. */
  readonly nodeMs: number;
}
