import type { Machine } from '../../lib/domain/machine.ts';
import type { securityConfidentialVm } from '../../lib/rules/security-confidential-vm.ts';
import type { Cases, Differing } from './case.ts';
import { fact, item, live, machine, noItem, unread } from './healthy-vm.ts';

function confidential(change: Partial<Machine> = {}): Differing {
  return { ...noItem, vm: fact(machine({ securityType: 'ConfidentialVM', vmSize: 'Standard_DC4as_v6', ...change })) };
}

const { vmSize: _vmSize, ...withoutSize } = machine({ securityType: 'ConfidentialVM' });
const notListed = { outcome: 'fail', reason: 'RegionNotListed', severity: 'blocker' } as const;
const notAsked = { outcome: 'unknown', cause: 'docs-disagree' } as const;
const notApplicable = { outcome: 'notApplicable', message: 'The VM is not confidential.' } as const;

export const cases: Cases<typeof securityConfidentialVm> = [
  [
    'a region that is not listed',
    confidential(),
    {
      ...notListed,
      message:
        'Confidential VM backup is not available for Standard_DC4as_v6 in westeurope; it is in uaenorth, koreacentral, switzerlandnorth, westcentralus, southafricanorth, uksouth.',
      fix: {
        text: 'Accept the gap by an exemption, or move the workload to a listed region or to a VM that is not confidential.',
        commands: [],
      },
    },
  ],
  ['a region whose name begins like a listed one', confidential({ region: 'uksouth2' }), notListed],
  ['the security type in another case', confidential({ securityType: 'CONFIDENTIALVM' }), notListed],
  [
    'a size that is not told',
    { vm: fact(withoutSize) },
    {
      ...notListed,
      message:
        'Confidential VM backup is not available for a VM of unknown size in westeurope; it is in uaenorth, koreacentral, switzerlandnorth, westcentralus, southafricanorth, uksouth.',
    },
  ],
  [
    'no region in the settings',
    { ...confidential(), settings: { confidentialVmRegions: [] } },
    {
      ...notListed,
      message: 'Confidential VM backup is not available for Standard_DC4as_v6 in westeurope; it is in no region.',
    },
  ],
  [
    'a listed region, before pre-validation (ruling 31)',
    confidential({ region: 'uksouth' }),
    {
      ...notAsked,
      message: "The preview is open in uksouth; whether it takes Standard_DC4as_v6 only Azure's pre-validation tells.",
    },
  ],
  [
    'a listed region and an item (ruling 31)',
    { ...confidential({ region: 'uaenorth' }), items: live(item()) },
    notAsked,
  ],
  [
    'a region in the settings as people write it',
    { ...confidential(), settings: { confidentialVmRegions: ['West Europe'] } },
    notAsked,
  ],
  ['Trusted Launch', confidential({ securityType: 'TrustedLaunch' }), notApplicable],
  ['a VM without a security type', {}, notApplicable],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
