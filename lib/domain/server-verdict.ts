import type { Finding } from './finding.ts';
import { staysOpen } from './verdict.ts';

/**
 * One word per backup server, the first that fits. `stopped`: it makes no backups any more (connection lost, or the
 * subscription of its vault is not active). `at-risk`: a blocker or warning fails. `undetermined`: one could not be told,
 * and may be another time. `working`: none of these; what only the owner knows is no doubt.
 */
export const serverVerdicts = ['working', 'at-risk', 'stopped', 'undetermined'] as const;
export type ServerVerdict = (typeof serverVerdicts)[number];

/** What a blocker of these rules says is that backups are stopped. */
const stopping: ReadonlySet<string> = new Set(['mabs-connectivity', 'mabs-subscription-state']);

/** The verdict that findings come to. */
export function serverVerdictOf(findings: readonly Finding[]): ServerVerdict {
  const counting = findings.filter(({ severity }) => severity !== 'info');
  const failing = counting.filter(({ outcome }) => outcome === 'fail');
  if (failing.some(({ rule, severity }) => severity === 'blocker' && stopping.has(rule))) {
    return 'stopped';
  }
  if (failing.length > 0) {
    return 'at-risk';
  }
  const isOpen = counting.some((finding) => finding.outcome === 'unknown' && staysOpen(finding.cause));
  return isOpen ? 'undetermined' : 'working';
}
