import { forgottenAfter, kindOfChange, type Notice } from '../domain/notification.ts';
import type { Evaluated, Transition } from './evaluated.ts';

/** No text of a notification is longer; one may come from a name or a message that somebody chose. */
const longest = 2000;

/** A text that fits into an event. */
export function shortened(text: string, most = longest): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** What the change of a VM is announced as, if it is; how it can be fixed is added when it is sent. */
export function noticeOfChange(change: Transition, withOwner: boolean): Notice | undefined {
  const { vmKey, vmId, name, subscriptionId, region, owner, revision, at, from, to, why, failing, runId } = change;
  const kind = kindOfChange(from, to);
  if (!kind || to === 'gone') {
    return undefined;
  }
  return {
    id: `vm-${vmKey}-${revision}-${to}`,
    kind,
    at,
    subject: vmId,
    data: {
      vmId,
      vmKey,
      name: shortened(name, 200),
      subscriptionId,
      region,
      ...(withOwner && owner ? { owner: shortened(owner, 300) } : {}),
      from: from ?? null,
      to,
      why: shortened(why),
      failing,
      revision,
      ...(runId ? { runId } : {}),
    },
    about: { what: 'vm', subscriptionId, vmKey, revision, to },
    forgetAt: forgottenAfter(at),
  };
}

/** The first command that mends the VM, if the row is still the one that was announced and there is one. */
export function firstCommand(row: Evaluated, revision: number): string | undefined {
  if (row.revision !== revision) {
    return undefined;
  }
  const commands = row.findings.flatMap((finding) => (finding.outcome === 'fail' ? (finding.fix?.commands ?? []) : []));
  const [first] = commands;
  // Cut, it would be another command.
  return first !== undefined && first.length <= longest ? first : undefined;
}
