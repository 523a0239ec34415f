import type { VmExtension } from '../domain/extension.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import { isOneOf, isWord } from '../domain/word.ts';

/** Azure Backup's own extension, for Windows and for Linux. Installed at the first backup; that it is absent says nothing. */
const ownPublisher = 'Microsoft.Azure.RecoveryServices';
const ownTypes = ['VMSnapshot', 'VMSnapshotLinux'];

function isOwn({ publisher, type }: VmExtension): boolean {
  return isWord(publisher, ownPublisher) && isOneOf(type, ownTypes);
}

type Standing = 'succeeded' | 'failed' | 'changing' | 'not-told';

const standings: ReadonlyMap<string, Standing> = new Map([
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['creating', 'changing'],
  ['updating', 'changing'],
  ['deleting', 'changing'],
  ['migrating', 'changing'],
]);

function standingOf({ provisioningState }: VmExtension): Standing {
  return standings.get(provisioningState.toLowerCase()) ?? 'not-told';
}

/** Names, and which of them is Azure Backup's own. */
function inWords(extensions: readonly VmExtension[]): string {
  return extensions.map((each) => (isOwn(each) ? `${each.name} (Azure Backup's own)` : each.name)).join(', ');
}

export const agentExtensionsHealthy = defineRule({
  id: 'agent-extensions-healthy',
  title: 'No extension of the VM is in a failed state',
  category: 'agent',
  severity: 'warning',
  rationale:
    "One failed extension can put the VM into a failed state and break snapshots. Azure Backup's own extension (VMSnapshot, VMSnapshotLinux) is installed at the first backup: that it is absent is no failure, and a stuck one may be removed, for the next backup installs it again.",
  sources: [
    'Troubleshoot failures caused by agent or extension issues, 2025-11-12',
    'VM snapshot extension for Azure Backup (Windows and Linux)',
  ],
  reviewed: '2026-11-21',
  needs: {
    extensions: (extensions) => ({
      provisioningState: extensions
        .map(({ name, publisher, type, provisioningState }) => `${name} (${publisher}/${type}): ${provisioningState}`)
        .toSorted()
        .join(', '),
    }),
  },
  pass: {
    NoExtension: "The VM has no extension; Azure Backup's own comes with the first backup.",
    AllSucceeded: 'Every extension of the VM succeeded: {extensions}.',
  },
  fail: {
    BackupExtensionFailed: "Azure Backup's own extension failed. All that failed: {extensions}.",
    OtherExtensionFailed: "An extension failed that is not Azure Backup's own: {extensions}.",
  },
  remedies: {
    BackupExtensionFailed: {
      text: 'Remove {extension}; the next backup installs it again.',
      commands: [
        'az vm extension delete --subscription {vmSubscription} -g {vmResourceGroup} --vm-name {vmName} -n {extension}',
      ],
    },
    OtherExtensionFailed: {
      text: 'Read why {extension} failed and repair it; remove it only if the VM no longer needs it, or to install it anew.',
      commands: [
        'az vm extension show --subscription {vmSubscription} -g {vmResourceGroup} --vm-name {vmName} -n {extension} --instance-view',
        'az vm extension delete --subscription {vmSubscription} -g {vmResourceGroup} --vm-name {vmName} -n {extension}',
      ],
    },
  },
  check({ extensions }) {
    const sorted = extensions.length > 1 ? extensions.toSorted((a, b) => a.name.localeCompare(b.name)) : extensions;
    if (sorted.length === 0) {
      return { kind: 'pass', reason: 'NoExtension', details: {} };
    }
    const having = (standing: Standing) => sorted.filter((each) => standingOf(each) === standing);
    const failed = having('failed');
    const own = failed.find(isOwn);
    const [first] = failed;
    if (own) {
      return {
        kind: 'fail',
        reason: 'BackupExtensionFailed',
        details: { extensions: inWords(failed) },
        commandDetails: { extension: own.name },
      };
    }
    if (first) {
      return {
        kind: 'fail',
        reason: 'OtherExtensionFailed',
        details: { extensions: inWords(failed) },
        commandDetails: { extension: first.name },
      };
    }
    const [untold] = having('not-told');
    if (untold) {
      const state = untold.provisioningState || 'nothing';
      return cannotTell('not-reported', `The state of extension ${inWords([untold])} is reported as ${state}.`);
    }
    const changing = having('changing');
    if (changing.length > 0) {
      return cannotTell(
        'in-transition',
        `Being changed, and Azure does not tell since when: extension ${inWords(changing)}.`,
      );
    }
    return { kind: 'pass', reason: 'AllSucceeded', details: { extensions: inWords(sorted) } };
  },
});
