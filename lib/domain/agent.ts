import type { UnknownBecause } from './fact.ts';
import type { AgentReport, Machine } from './machine.ts';
import { isTooNew } from './vm-age.ts';
import { isWord } from './word.ts';

/** A status older than this says nothing about now. */
const staleMinutes = 15;

/** Whether the agent of a running VM is ready. */
export type AgentReadiness =
  | { readonly kind: 'ready' }
  /** `message` is a sentence without its full stop. */
  | { readonly kind: 'not-ready'; readonly displayStatus: string; readonly message: string }
  | { readonly kind: 'unknown'; readonly because: UnknownBecause };

function minutesBetween(earlier: string | undefined, later: Date): number | undefined {
  const milliseconds = later.getTime() - Date.parse(earlier ?? '');
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 60_000;
}

function because(cause: UnknownBecause['cause'], detail: string): AgentReadiness {
  return { kind: 'unknown', because: { cause, detail } };
}

/**
 * Reads the agent section of an instance view: ready is `ProvisioningState/succeeded`, reported within 15 minutes before
 * Azure was asked.
 */
export function agentReadiness(vm: Machine, agent: AgentReport, now: Date): AgentReadiness {
  if (isWord(agent.statusCode, 'ProvisioningState/succeeded')) {
    const age = minutesBetween(agent.time, agent.askedAt === undefined ? now : new Date(agent.askedAt));
    return age !== undefined && Math.abs(age) <= staleMinutes
      ? { kind: 'ready' }
      : because('not-reported', `The agent last reported at ${agent.time ?? 'an unknown time'}, too long ago to say.`);
  }
  if (isTooNew(vm, now)) {
    return because('too-new', 'The VM is younger than 30 minutes; its agent may not report yet.');
  }
  return {
    kind: 'not-ready',
    displayStatus: agent.displayStatus ?? 'missing',
    message: (agent.message ?? 'Azure has no agent status for this VM').replace(/\.$/, ''),
  };
}

/** Parts of a dotted version as numbers; `undefined` for `Unknown`, an empty text or anything else. */
export function parseVersion(text: string | undefined): readonly number[] | undefined {
  return text && /^\d+(\.\d+)+$/.test(text.trim()) ? text.trim().split('.').map(Number) : undefined;
}

/** Compares part by part as numbers: 2.7.41491.999 is older than 2.7.41491.1010. Missing parts are zero. */
export function isOlder(version: readonly number[], minimum: readonly number[]): boolean {
  for (let part = 0; part < Math.max(version.length, minimum.length); part += 1) {
    const difference = (version[part] ?? 0) - (minimum[part] ?? 0);
    if (difference !== 0) {
      return difference < 0;
    }
  }
  return false;
}
