import { isOlder, parseVersion } from './agent.ts';
import type { VmExtension } from './extension.ts';
import type { Fact, UnknownBecause } from './fact.ts';
import type { FactSheet } from './fact-sheet.ts';
import { lastBackupOf } from './last-backup.ts';
import type { Disk, Machine } from './machine.ts';
import { untilOthers } from './memo.ts';
import { type BackupJob, judgedItem, type ProtectedItem } from './protection.ts';
import { isReported, reportedErrors } from './reported-errors.ts';
import type { JudgementSettings } from './settings.ts';
import { isOneOf, isWord } from './word.ts';

/**
 * Whether the backup of a VM needs the way to Azure Backup, Storage and Entra ID. Plain VM backup does not; four cases do
 * (rule `network-nsg-outbound`, a to d). `why` is a clause about the VM.
 */
export type NetworkNeed = { readonly kind: 'needed'; readonly why: string } | { readonly kind: 'not-needed' } | Unknown;

interface Unknown {
  readonly kind: 'unknown';
  readonly because: UnknownBecause;
}

/** The network error with which the last backup of a VM failed, by its name or in Azure's words. */
export type NetworkError = { readonly kind: 'seen'; readonly name: string } | { readonly kind: 'none' } | Unknown;

const networkErrors = [
  'ExtensionSnapshotFailedNoNetwork',
  'ExtensionSnapshotFailedNoSecureNetwork',
  'no network connectivity on the virtual machine',
];

/** Extensions of SQL Server and SAP HANA backup in the VM. MARS leaves no trace in Azure's view of the VM. */
const workloadExtensions = ['AzureBackupWindowsWorkload', 'AzureBackupLinuxWorkload'];

type Needed = Pick<FactSheet, 'vm' | 'items' | 'jobs' | 'extensions' | 'disks' | 'agent'>;

/** One certain case is enough; that there is none takes all facts. */
export const networkNeed = untilOthers((sheet: Needed, settings: JudgementSettings): NetworkNeed => {
  let doubt: NetworkNeed | undefined;
  for (const caseOf of cases) {
    const each = caseOf(sheet, settings);
    if (each.kind === 'needed') {
      return each;
    }
    doubt ??= each.kind === 'unknown' ? each : undefined;
  }
  return doubt ?? notNeeded;
});

const cases: readonly ((sheet: Needed, settings: JudgementSettings) => NetworkNeed)[] = [
  errorCase,
  ({ extensions }) => factCase(extensions, 'a workload in it is backed up', hasWorkloadExtension),
  ({ disks }) => factCase(disks, 'it has disks with Write Accelerator', hasWriteAccelerator),
  agentCase,
];

function hasWorkloadExtension(extensions: readonly VmExtension[]): boolean {
  return extensions.some(({ type }) => isOneOf(type, workloadExtensions));
}

function hasWriteAccelerator(disks: readonly Disk[]): boolean {
  return disks.some(({ writeAccelerator }) => writeAccelerator);
}

const notNeeded: NetworkNeed = { kind: 'not-needed' };

function caseIf(holds: boolean, why: string): NetworkNeed {
  return holds ? { kind: 'needed', why } : notNeeded;
}

function factCase<T>(fact: Fact<T>, why: string, holds: (value: T) => boolean): NetworkNeed {
  return fact.kind === 'unknown' ? fact : caseIf(holds(fact.value), why);
}

/** Looks at the last finished backup and Azure's pre-check; a backup that completed cancels what was said before it. */
export function networkErrorOf({ items, jobs }: Pick<FactSheet, 'items' | 'jobs'>): NetworkError {
  if (items.kind === 'unknown') {
    return items;
  }
  const item = judgedItem(items.value);
  const name = item && errorIn(item, jobs.kind === 'known' ? jobs.value : []);
  if (name) {
    return { kind: 'seen', name };
  }
  return item && jobs.kind === 'unknown' ? jobs : { kind: 'none' };
}

function errorIn(item: ProtectedItem, jobs: readonly BackupJob[]): string | undefined {
  if (jobs.length === 0 && !item.healthDetails?.length) {
    return undefined;
  }
  const last = lastBackupOf(item, jobs);
  if (last && isWord(last.status, 'Completed')) {
    return undefined;
  }
  const said = [...(last?.errorCodes ?? []), ...(last?.errorTexts ?? []), ...reportedErrors(item, [])];
  return networkErrors.find((name) => isReported(name, said));
}

function errorCase(sheet: Needed): NetworkNeed {
  const error = networkErrorOf(sheet);
  return error.kind === 'unknown'
    ? error
    : caseIf(error.kind === 'seen', 'its last backup failed for want of a network');
}

function agentCase({ vm, agent }: Needed, settings: JudgementSettings): NetworkNeed {
  if (vm.kind === 'unknown') {
    return vm;
  }
  if (agent.kind === 'unknown') {
    return agent;
  }
  const version = parseVersion(agent.value.version);
  const minimum = oldestSupportedAgent(vm.value, settings);
  return version && minimum
    ? caseIf(isOlder(version, minimum), 'its agent is older than the supported minimum')
    : notReported;
}

function oldestSupportedAgent({ osType }: Machine, settings: JudgementSettings): readonly number[] | undefined {
  return osType && parseVersion(osType === 'Windows' ? settings.minWindowsAgent : settings.minLinuxAgent);
}

const notReported: NetworkNeed = {
  kind: 'unknown',
  because: { cause: 'not-reported', detail: 'Azure does not report the version of the agent or the operating system.' },
};
