import { armId } from '../../lib/domain/ids.ts';
import type { securityTrustedLaunch } from '../../lib/rules/security-trusted-launch.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, itemWithoutPoint, live, machine, noItem, unread, vault } from './healthy-vm.ts';
import { hostileName } from './hostile-name.ts';

const standard = { ...daily, name: 'DefaultPolicy', subtype: 'Standard' } as const;
const { subtype: _subtype, ...withoutSubtype } = daily;

/** The Standard policy of the default name, also where the house test gives it another one. */
const intendedStandard = fact(
  new Map(
    ['EnhancedPolicy', hostileName].map((name) => [armId(`${vault('rsv-weu').key}/backuppolicies/${name}`), standard]),
  ),
);

const client = (backupApiVersion: string) => ({ settings: { backupApiVersion } });

function trusted(change: Differing = {}, securityType = 'TrustedLaunch'): Differing {
  return { vm: fact(machine({ securityType })), ...change };
}

const enhancedPolicy = { outcome: 'pass', reason: 'EnhancedPolicy' } as const;
const newClient = { outcome: 'pass', reason: 'NewClient' } as const;
const standardPolicy = { outcome: 'fail', reason: 'StandardPolicy', severity: 'blocker' } as const;
const notApplicable = { outcome: 'notApplicable', message: 'The VM has no Trusted Launch.' } as const;

export const cases: Cases<typeof securityTrustedLaunch> = [
  [
    'an item with an Enhanced policy',
    trusted(),
    { ...enhancedPolicy, message: 'Policy EnhancedPolicy is an Enhanced one, which takes Trusted Launch VMs.' },
  ],
  [
    'an item with a Standard policy and an old client (ruling 34)',
    trusted({ policy: fact(standard) }),
    {
      ...standardPolicy,
      message:
        'Policy DefaultPolicy is a Standard one, and the api-version 2023-06-01 is older than 2025-01-01: a Trusted Launch VM needs an Enhanced policy or a newer client.',
      fix: {
        text: 'Give the VM an Enhanced policy such as EnhancedPolicy; there is no way back to a Standard one. Or raise backupApiVersion.',
        commands: [
          'az backup policy list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --policy-sub-type Enhanced --workload-type VM',
          "az backup item set-policy --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu -c 'IaasVMContainer;iaasvmcontainerv2;rg-pay;vm-pay-01' -n 'VM;iaasvmcontainerv2;rg-pay;vm-pay-01' -p EnhancedPolicy",
        ],
      },
    },
  ],
  ['the security type in another case', trusted({ policy: fact(standard) }, 'TRUSTEDLAUNCH'), standardPolicy],
  [
    'a Standard policy and the last older client',
    trusted({ policy: fact(standard), ...client('2024-12-31') }),
    standardPolicy,
  ],
  [
    'a Standard policy and the first client that takes it (ruling 34)',
    trusted({ policy: fact(standard), ...client('2025-01-01') }),
    {
      ...newClient,
      message: 'Protection is enabled with api-version 2025-01-01, which takes Trusted Launch VMs under either policy.',
    },
  ],
  [
    'a Standard policy and a preview of a newer client',
    trusted({ policy: fact(standard), ...client('2025-02-01-preview') }),
    newClient,
  ],
  ['a policy that may not be read, and a new client', trusted({ policy: unread, ...client('2026-07-01') }), newClient],
  [
    'no item, and a Standard policy that the VM would get (ruling 25)',
    trusted({ ...noItem, policies: intendedStandard }),
    {
      outcome: 'fail',
      reason: 'StandardPolicyIntended',
      severity: 'blocker',
      message:
        'Policy DefaultPolicy, which the VM would get, is a Standard one, and the api-version 2023-06-01 is older than 2025-01-01: a Trusted Launch VM needs an Enhanced policy or a newer client.',
      fix: {
        text: 'Protect the VM with an Enhanced policy such as EnhancedPolicy, name one in defaultPolicyName, or raise backupApiVersion.',
        commands: [
          'az backup policy list --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --policy-sub-type Enhanced --workload-type VM',
          'az backup protection enable-for-vm --subscription 11111111-1111-1111-1111-111111111111 -g rg-backup --vault-name rsv-weu --vm /subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg-pay/providers/Microsoft.Compute/virtualMachines/vm-pay-01 --policy-name EnhancedPolicy',
        ],
      },
    },
  ],
  [
    'no item, and no such policy in the vault: the template (ruling 25)',
    trusted({ ...noItem, policies: fact(new Map()) }),
    enhancedPolicy,
  ],
  [
    'no item and no vault: the template (ruling 25)',
    trusted({ ...noItem, vaults: fact({ vaults: [] }) }),
    enhancedPolicy,
  ],
  [
    'no item, and policies that may not be read',
    trusted({ ...noItem, policies: unread }),
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['a policy that may not be read', trusted({ policy: unread }), { outcome: 'unknown', cause: 'no-permission' }],
  [
    'a policy whose subtype is not understood',
    trusted({ policy: fact(withoutSubtype) }),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'Whether policy EnhancedPolicy is Enhanced could not be read.',
    },
  ],
  ['items that may not be read', trusted({ items: unread }), { outcome: 'unknown', cause: 'no-permission' }],
  [
    'protection that was stopped (ruling 36)',
    trusted({ items: live(itemWithoutPoint({ protectionState: 'ProtectionStopped' })), policy: fact('none') }),
    { outcome: 'notApplicable', message: 'The item has no policy: protection is stopped.' },
  ],
  ['a VM without a security type', { policy: fact(standard) }, notApplicable],
  ['a Gen2 VM of the security type Standard', trusted({ policy: fact(standard) }, 'Standard'), notApplicable],
  ['a Confidential VM', trusted({ policy: fact(standard) }, 'ConfidentialVM'), notApplicable],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
