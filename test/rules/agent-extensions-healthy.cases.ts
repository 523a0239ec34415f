import type { VmExtension } from '../../lib/domain/extension.ts';
import type { agentExtensionsHealthy } from '../../lib/rules/agent-extensions-healthy.ts';
import type { Cases, Differing } from './case.ts';
import { fact, unread } from './healthy-vm.ts';

function own(provisioningState: string, change: Partial<VmExtension> = {}): VmExtension {
  const publisher = 'Microsoft.Azure.RecoveryServices';
  return { name: 'VMSnapshot', publisher, type: 'VMSnapshot', provisioningState, ...change };
}

function other(provisioningState: string, name = 'DependencyAgent'): VmExtension {
  const publisher = 'Microsoft.Azure.Monitoring.DependencyAgent';
  return { name, publisher, type: 'DependencyAgentWindows', provisioningState };
}

function having(...extensions: readonly VmExtension[]): Differing {
  return { extensions: fact(extensions) };
}

const succeeded = { outcome: 'pass', reason: 'AllSucceeded' } as const;
const ownFailed = { outcome: 'fail', reason: 'BackupExtensionFailed', severity: 'warning' } as const;
const otherFailed = { outcome: 'fail', reason: 'OtherExtensionFailed', severity: 'warning' } as const;
const inTransition = { outcome: 'unknown', cause: 'in-transition' } as const;
const notReported = { outcome: 'unknown', cause: 'not-reported' } as const;

export const cases: Cases<typeof agentExtensionsHealthy> = [
  [
    'no extension at all: normal before the first backup',
    having(),
    {
      outcome: 'pass',
      reason: 'NoExtension',
      message: "The VM has no extension; Azure Backup's own comes with the first backup.",
    },
  ],
  [
    'all succeeded',
    having(own('Succeeded'), other('Succeeded')),
    {
      ...succeeded,
      message: "Every extension of the VM succeeded: DependencyAgent, VMSnapshot (Azure Backup's own).",
    },
  ],
  ["Azure Backup's own is absent: normal on managed VMs", having(other('Succeeded')), succeeded],
  ['a state in another case', having(own('SUCCEEDED')), succeeded],
  [
    "Azure Backup's own failed",
    having(other('Succeeded'), own('Failed')),
    {
      ...ownFailed,
      message: "Azure Backup's own extension failed. All that failed: VMSnapshot (Azure Backup's own).",
      fix: {
        text: 'Remove VMSnapshot; the next backup installs it again.',
        commands: [
          'az vm extension delete --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --vm-name vm-pay-01 -n VMSnapshot',
        ],
      },
    },
  ],
  [
    "Azure Backup's own for Linux failed, under a name of its own and in another case",
    having(own('FAILED', { name: 'snap', publisher: 'MICROSOFT.AZURE.RECOVERYSERVICES', type: 'VMSNAPSHOTLINUX' })),
    {
      ...ownFailed,
      fix: {
        commands: [
          'az vm extension delete --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --vm-name vm-pay-01 -n snap',
        ],
      },
    },
  ],
  [
    'another one failed',
    having(own('Succeeded'), other('Failed')),
    {
      ...otherFailed,
      message: "An extension failed that is not Azure Backup's own: DependencyAgent.",
      fix: {
        text: 'Read why DependencyAgent failed and repair it; remove it only if the VM no longer needs it, or to install it anew.',
        commands: [
          'az vm extension show --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --vm-name vm-pay-01 -n DependencyAgent --instance-view',
          'az vm extension delete --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --vm-name vm-pay-01 -n DependencyAgent',
        ],
      },
    },
  ],
  [
    'several failed, in whatever order Azure lists them',
    having(other('Failed', 'b'), own('Failed'), other('Failed', 'a')),
    {
      ...ownFailed,
      message: "Azure Backup's own extension failed. All that failed: a, b, VMSnapshot (Azure Backup's own).",
    },
  ],
  ['a type of that name from another publisher', having(own('Failed', { publisher: 'Contoso' })), otherFailed],
  ['another type of the same publisher', having(own('Failed', { type: 'SiteRecovery' })), otherFailed],
  ['one failed while another is being updated', having(own('Updating'), other('Failed')), otherFailed],
  [
    'one is being updated',
    having(own('Updating'), other('Succeeded')),
    {
      ...inTransition,
      message: "Being changed, and Azure does not tell since when: extension VMSnapshot (Azure Backup's own).",
    },
  ],
  ['one is being created', having(other('CREATING')), inTransition],
  ['one is being deleted', having(other('Deleting')), inTransition],
  ['one is being migrated', having(other('Migrating')), inTransition],
  [
    'a state that Azure leaves empty',
    having(own('Succeeded'), other('')),
    { ...notReported, message: 'The state of extension DependencyAgent is reported as nothing.' },
  ],
  [
    'a state that nobody knows',
    having(other('Canceled')),
    { ...notReported, message: 'The state of extension DependencyAgent is reported as Canceled.' },
  ],
  ['a state that JavaScript knows', having(other('constructor')), notReported],
  ['one in an unknown state while another is being updated', having(own('Updating'), other('')), notReported],
  ['extensions that may not be read', { extensions: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
