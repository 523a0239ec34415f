import { randomBytes } from 'node:crypto';

import { type ExemptionScope, parseExemptionScope } from '../domain/exemption-scope.ts';
import { isInForce, type RegisteredExemption } from '../domain/registered-exemption.ts';
import type { ExemptionChange } from './exemption-ports.ts';
import { judgeCoveredAnew, vmsCoveredBy } from './judge-covered-anew.ts';
import type { Ports, Stored } from './ports.ts';

/** How long exemptions may hold, and when their end is announced. */
export interface ExemptionSettings {
  /** Most days from now to the end of an exemption. */
  readonly maxDays: number;
  /** Days before its end from which an exemption is announced. */
  readonly noticeDays: number;
}

/** What can be said of an exemption by whoever makes or changes it. */
export type ExemptionWords = Pick<RegisteredExemption, 'owner' | 'reason' | 'category' | 'until'> & {
  readonly ticket?: string | undefined;
};

/** What became of a wish to make, change or end an exemption. */
export type ExemptionAnswer =
  | { readonly kind: 'written'; readonly exemption: RegisteredExemption; readonly vms: number }
  | { readonly kind: 'wrong'; readonly parameter: string; readonly why: string }
  | { readonly kind: 'not-found' }
  /** It is not what it was when the wish was made, or another one is in force for the same scope. */
  | { readonly kind: 'conflict'; readonly why: string };

type RegisterPorts = Pick<Ports, 'exemptions' | 'evaluations' | 'queues' | 'bulkRequests' | 'clock' | 'log'>;

type Wrong = Extract<ExemptionAnswer, { kind: 'wrong' }>;

/** An end has to come, and not later than the organisation allows. */
function wrongEnd(until: string, { maxDays }: ExemptionSettings, now: Date): Wrong | undefined {
  const left = Date.parse(until) - now.getTime();
  if (left <= 0) {
    return { kind: 'wrong', parameter: 'until', why: 'expected an instant to come' };
  }
  return left > maxDays * 86_400_000
    ? { kind: 'wrong', parameter: 'until', why: `at most ${maxDays} days from now` }
    : undefined;
}

function wrongScope(scope: ExemptionScope | undefined): Wrong | undefined {
  return scope
    ? undefined
    : {
        kind: 'wrong',
        parameter: 'scope',
        why: 'expected the ARM id of a virtual machine, a resource group or a subscription',
      };
}

/** Stores an exemption with its change, and lets its VMs be judged anew. */
async function writeAndJudge(
  ports: RegisterPorts,
  stored: Stored<RegisteredExemption>,
  change: Omit<ExemptionChange, 'exemption' | 'at' | 'by'>,
): Promise<ExemptionAnswer> {
  const { value: exemption } = stored;
  const { changedAt: at, changedBy: by } = exemption;
  if (!(await ports.exemptions.write(stored, { at, by, ...change, exemption }))) {
    return { kind: 'conflict', why: 'Somebody else changed the exemption meanwhile; read it again.' };
  }
  return { kind: 'written', exemption, vms: await judgeCoveredAnew(ports, exemption) };
}

/** Makes an exemption of VMs that are known; of the same scope only one is in force at a time. */
export async function createExemption(
  ports: RegisterPorts,
  settings: ExemptionSettings,
  wish: ExemptionWords & { readonly scope: string },
  by: string,
): Promise<ExemptionAnswer> {
  const now = ports.clock();
  const scope = parseExemptionScope(wish.scope);
  const wrong = wrongScope(scope) ?? wrongEnd(wish.until, settings, now);
  if (wrong || !scope) {
    return wrong ?? { kind: 'not-found' };
  }
  const there = await ports.exemptions.of([scope.subscriptionId]);
  const same = there.find((each) => parseExemptionScope(each.scope)?.key === scope.key && isInForce(each, now));
  if (same) {
    return {
      kind: 'conflict',
      why: `${same.exemptionId} is in force for this scope until ${same.until}; change that one.`,
    };
  }
  if ((await vmsCoveredBy(ports, scope)).length === 0) {
    return { kind: 'wrong', parameter: 'scope', why: 'Backstop knows no virtual machine there' };
  }
  const at = now.toISOString();
  const { ticket, ...words } = wish;
  const exemption: RegisteredExemption = {
    ...words,
    ...(ticket ? { ticket } : {}),
    exemptionId: `${scope.subscriptionId}-${randomBytes(6).toString('hex')}`,
    revision: 1,
    createdAt: at,
    createdBy: by,
    changedAt: at,
    changedBy: by,
  };
  return writeAndJudge(ports, { value: exemption }, { what: 'created' });
}

/** Changes what is said of an exemption that was not ended; one that expired comes into force again by a new end. */
export async function changeExemption(
  ports: RegisterPorts,
  settings: ExemptionSettings,
  exemptionId: string,
  change: { readonly [Word in keyof ExemptionWords]?: ExemptionWords[Word] | undefined },
  by: string,
): Promise<ExemptionAnswer> {
  const now = ports.clock();
  const stored = await ports.exemptions.find(exemptionId);
  if (!stored) {
    return { kind: 'not-found' };
  }
  const { value, version } = stored;
  if (value.endedAt) {
    return { kind: 'conflict', why: `The exemption was ended at ${value.endedAt}; make a new one.` };
  }
  const wrong = change.until === undefined ? undefined : wrongEnd(change.until, settings, now);
  if (wrong) {
    return wrong;
  }
  const given = Object.entries(change).filter(([, each]) => each !== undefined);
  const changed: RegisteredExemption = {
    ...value,
    ...Object.fromEntries(given),
    revision: value.revision + 1,
    changedAt: now.toISOString(),
    changedBy: by,
  };
  return writeAndJudge(ports, { value: changed, ...(version ? { version } : {}) }, { what: 'changed' });
}

/** Ends an exemption before its time; ending it again changes nothing. */
export async function endExemption(
  ports: RegisterPorts,
  exemptionId: string,
  why: string,
  by: string,
): Promise<ExemptionAnswer> {
  const stored = await ports.exemptions.find(exemptionId);
  if (!stored) {
    return { kind: 'not-found' };
  }
  const { value, version } = stored;
  if (value.endedAt) {
    return { kind: 'written', exemption: value, vms: 0 };
  }
  const at = ports.clock().toISOString();
  const ended = { ...value, endedAt: at, revision: value.revision + 1, changedAt: at, changedBy: by };
  return writeAndJudge(ports, { value: ended, ...(version ? { version } : {}) }, { what: 'ended', why });
}
