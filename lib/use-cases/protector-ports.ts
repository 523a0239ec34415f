import type { Attempt } from '../domain/attempt.ts';
import type { Fact } from '../domain/fact.ts';
import type { VmAddress } from '../domain/ids.ts';
import type { DiskExclusion } from '../domain/protection.ts';
import type { Ports, Stored } from './ports.ts';

/** What counts attempts: each has a limit, and one more is only taken below it. */
export interface CountedBy {
  /** For example `run`, `hour`, `vault`. */
  readonly kind: 'run' | 'hour' | 'vault';
  /** What is counted: a run, an hour, a vault and its day. */
  readonly what: string;
  readonly limit: number;
}

/** An approval of a plan. */
export interface Approval {
  readonly by: string;
  readonly at: string;
}

/** Attempts to protect VMs, approvals, counts and the stop switch: the memory of the protector. */
export interface Protections {
  /** Attempts of a VM, the newest first. */
  of(vmKey: string): Promise<readonly Stored<Attempt>[]>;
  /** Stores a new attempt; false if somebody else has one under its number. */
  claim(attempt: Attempt): Promise<boolean>;
  /** Stores an attempt under its version; `undefined` if somebody else has changed it, else what is stored now. */
  save(stored: Stored<Attempt>): Promise<Stored<Attempt> | undefined>;
  /** Attempts that were claimed last, of all VMs or those of some subscriptions; the newest first. */
  newest(limit: number, subscriptions?: readonly string[]): Promise<readonly Attempt[]>;
  /** Counts one more by each, if all are below their limits; else answers the one that is full. */
  count(by: readonly CountedBy[]): Promise<CountedBy | undefined>;
  approvalOf(planId: string): Promise<Approval | undefined>;
  approve(planId: string, approval: Approval): Promise<void>;
  /** Whether the stop switch is set. */
  isStopped(): Promise<boolean>;
  setStopped(isStopped: boolean): Promise<void>;
}

/** What Azure says of a VM before it is protected. */
export interface PreValidation {
  readonly isFine: boolean;
  readonly code: string;
  readonly message: string;
}

/** What Azure answered to a request that changes something. */
export type WriteAnswer =
  /** It works on it; `operationUrl` tells how it stands. */
  | { readonly kind: 'accepted'; readonly operationUrl: string; readonly retryAfterSeconds: number }
  | { readonly kind: 'done' }
  /** It certainly changed nothing. `later`: it may be asked again then (seconds). */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly later?: number }
  /** There was no answer, or none that tells: it may have changed something. */
  | { readonly kind: 'unclear'; readonly message: string };

/** How an operation stands. */
export type OperationState =
  | { readonly kind: 'under-way' }
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** One request that puts a VM under a policy: enables, resumes or changes protection. */
export interface ProtectRequest {
  readonly vm: VmAddress;
  readonly vaultId: string;
  readonly policyId: string;
  readonly clientRequestId: string;
  /** Of an item that stands: kept as it is. */
  readonly diskExclusion?: DiskExclusion;
}

/** The only way by which Azure is changed. Each request is sent once, without a retry of its own. */
export interface ProtectionWrites {
  /** Azure's own check. A POST, but it changes nothing. */
  preValidate(vm: VmAddress, region: string, vaultId: string): Promise<Fact<PreValidation>>;
  protect(request: ProtectRequest): Promise<WriteAnswer>;
  operation(url: string): Promise<Fact<OperationState>>;
  /** The first backup, at once. */
  backUpNow(itemId: string, clientRequestId: string): Promise<WriteAnswer>;
  /** Creates a vault: geo-redundant, with soft delete, without public access. One that stands in the region will do; none is changed. */
  createVault(vaultId: string, region: string): Promise<WriteAnswer>;
  /** Creates a policy from the template. One that stands will do if it keeps points as long; none is changed. */
  createPolicy(policyId: string): Promise<WriteAnswer>;
}

/** What the protector needs from outside. */
export interface ProtectorPorts extends Pick<Ports, 'inventory' | 'arm' | 'evaluations' | 'queues' | 'clock' | 'log'> {
  readonly protections: Protections;
  readonly writes: ProtectionWrites;
}
