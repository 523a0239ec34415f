import type { DiskResource } from '../../lib/domain/disk-resource.ts';
import type { diskAuthAndSecurityType } from '../../lib/rules/disk-auth-and-security-type.ts';
import type { Cases, Differing } from './case.ts';
import { diskResource, diskResources, disks, fact, gap, unread } from './healthy-vm.ts';

/** A VM whose OS disk and data disks differ so from ordinary ones. */
function differing(os: Partial<DiskResource>, ...data: readonly Partial<DiskResource>[]): Differing {
  const resources = data.map((change, index) => diskResource(`data-${index}`, change));
  return { disks: fact(disks(data.length)), diskResources: diskResources(diskResource('os', os), ...resources) };
}

const entra = { dataAccessAuthMode: 'AzureActiveDirectory' };
const supported = { outcome: 'pass', reason: 'Supported' } as const;
const entraFails = { outcome: 'fail', reason: 'EntraAuthentication', severity: 'blocker' } as const;
const typeFails = { outcome: 'fail', reason: 'SecurityType', severity: 'blocker' } as const;

export const cases: Cases<typeof diskAuthAndSecurityType> = [
  [
    'disks on which nothing was ever set',
    {},
    {
      ...supported,
      message: 'No disk of the VM has an access mode or a security type that VM backup does not support.',
    },
  ],
  [
    'disks with the mode None and the type Standard, in any case of letters',
    differing({ dataAccessAuthMode: 'None' }, { dataAccessAuthMode: 'NONE', securityType: 'standard' }),
    supported,
  ],
  [
    'Entra authentication on the OS disk',
    differing(entra, {}),
    {
      ...entraFails,
      message: 'VM backup does not support this: disk os has dataAccessAuthMode=AzureActiveDirectory.',
      fix: {
        commands: [
          'az disk update --ids /subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-pay/providers/microsoft.compute/disks/os --data-access-auth-mode None',
        ],
      },
    },
  ],
  [
    'Entra authentication on a data disk, in lower case',
    differing({}, { dataAccessAuthMode: 'azureactivedirectory' }),
    entraFails,
  ],
  [
    'Entra authentication on two disks',
    differing(entra, {}, entra),
    {
      ...entraFails,
      message:
        'VM backup does not support this: disk os has dataAccessAuthMode=AzureActiveDirectory, disk data-1 has dataAccessAuthMode=AzureActiveDirectory.',
    },
  ],
  ['the Trusted Launch OS disk of the VM itself', differing({ securityType: 'TrustedLaunch' }, {}), supported],
  [
    'the Confidential OS disk of the VM itself',
    differing({ securityType: 'ConfidentialVM_DiskEncryptedWithPlatformKey' }),
    supported,
  ],
  [
    'the Trusted Launch OS disk of another VM as a data disk',
    differing({ securityType: 'TrustedLaunch' }, {}, { securityType: 'TrustedLaunch' }),
    {
      ...typeFails,
      message: 'VM backup does not support this: disk data-1 has securityProfile.securityType=TrustedLaunch.',
      fix: {
        commands: [
          'az vm disk detach --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --vm-name vm-pay-01 -n data-1',
        ],
      },
    },
  ],
  ['such a disk, its type in upper case', differing({}, { securityType: 'TRUSTEDLAUNCH' }), typeFails],
  [
    'the Confidential OS disk of another VM as a data disk, of any kind',
    differing({}, { securityType: 'ConfidentialVM_VMGuestStateOnlyEncryptedWithPlatformKey' }),
    typeFails,
  ],
  [
    'both problems on one disk',
    differing({}, { ...entra, securityType: 'TrustedLaunch' }),
    {
      outcome: 'fail',
      reason: 'EntraAuthenticationAndSecurityType',
      severity: 'blocker',
      message:
        'VM backup does not support this: disk data-0 has dataAccessAuthMode=AzureActiveDirectory, disk data-0 has securityProfile.securityType=TrustedLaunch.',
      fix: {
        commands: [
          'az disk update --ids /subscriptions/11111111-1111-1111-1111-111111111111/resourcegroups/rg-pay/providers/microsoft.compute/disks/data-0 --data-access-auth-mode None',
          'az vm disk detach --subscription 11111111-1111-1111-1111-111111111111 -g rg-pay --vm-name vm-pay-01 -n data-0',
        ],
      },
    },
  ],
  [
    'a mode that the support matrix does not list',
    differing({}, { dataAccessAuthMode: 'Quantum' }),
    {
      outcome: 'unknown',
      cause: 'not-reported',
      message: 'The support matrix does not say anything about this: disk data-0 has dataAccessAuthMode=Quantum.',
    },
  ],
  [
    'a security type that the support matrix does not list, on a data disk',
    differing({}, { securityType: 'NotTrustedLaunch' }),
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  [
    'a Trusted Launch type with more behind it',
    differing({}, { securityType: 'TrustedLaunchTwo' }),
    { outcome: 'unknown', cause: 'not-reported' },
  ],
  ['such a mode beside a problem that is certain', differing({ dataAccessAuthMode: 'Quantum' }, entra), entraFails],
  [
    'a disk whose resource could not be read',
    { disks: fact(disks(1)), diskResources: diskResources(diskResource('os')) },
    { outcome: 'unknown', cause: gap.cause, message: gap.detail },
  ],
  [
    'a problem beside a disk that could not be read',
    { disks: fact(disks(2)), diskResources: diskResources(diskResource('data-1', entra)) },
    entraFails,
  ],
  [
    'an ephemeral OS disk without a resource',
    {
      disks: fact(disks(1).map((disk) => (disk.role === 'os' ? { ...disk, ephemeral: true } : disk))),
      diskResources: diskResources(diskResource('data-0')),
    },
    supported,
  ],
  [
    'an unmanaged disk, which has no resource',
    { disks: fact([{ name: 'blob', role: 'os', unmanaged: true }]) },
    supported,
  ],
  ['disk resources that may not be read', { diskResources: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['disks that may not be read', { disks: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
