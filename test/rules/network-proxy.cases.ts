import type { networkProxy } from '../../lib/rules/network-proxy.ts';
import type { Cases } from './case.ts';
import { fact, noItem, unread } from './healthy-vm.ts';
import { failedWithoutNetwork, mayNeedNetwork, needsNetwork } from './network-need.ts';

const unseen = {
  outcome: 'unknown',
  cause: 'not-exposed',
  message:
    'Azure does not show the proxy of a guest. If this VM uses one, it must not require authentication (HTTP 407 in its log).',
} as const;
const fails = { outcome: 'fail', reason: 'SignInNeeded', severity: 'info' } as const;
const unneeded = {
  outcome: 'notApplicable',
  message: 'Nothing shows that the backup of the VM uses its network.',
} as const;
const signsIn = { tags: fact({ 'backstop:proxy': 'authenticated' }) };

export const cases: Cases<typeof networkProxy> = [
  ['plain VM backup', {}, unneeded],
  ['plain VM backup, and a proxy with sign-in', signsIn, unneeded],
  ['an agent that was not read', { ...mayNeedNetwork, ...signsIn }, unneeded],
  ['workload backup in the VM (ruling 33)', needsNetwork, unseen],
  ['workload backup in the VM, a proxy with sign-in, and no failure', { ...needsNetwork, ...signsIn }, unseen],
  ['workload backup in the VM, and no item', { ...needsNetwork, ...noItem, ...signsIn }, unseen],
  ['a backup that failed for want of a network', failedWithoutNetwork, unseen],
  [
    'a backup that failed for want of a network, and a proxy with sign-in',
    { ...failedWithoutNetwork, ...signsIn },
    {
      ...fails,
      message:
        'The last backup failed (ExtensionSnapshotFailedNoNetwork), and tag backstop:proxy says that the VM uses a proxy that requires authentication.',
      fix: {
        text: 'Use a proxy without authentication and with outbound stickiness, or none for 168.63.129.16 and the service tags AzureBackup, Storage and AzureActiveDirectory.',
      },
    },
  ],
  ['the tag in another case', { ...failedWithoutNetwork, tags: fact({ 'Backstop:Proxy': 'Authenticated' }) }, fails],
  [
    'a tag of another name',
    { ...failedWithoutNetwork, tags: fact({ proxy: 'authenticated' }), settings: { proxyTagName: 'proxy' } },
    { ...fails },
  ],
  ['another proxy', { ...failedWithoutNetwork, tags: fact({ 'backstop:proxy': 'open' }) }, unseen],
  ['tags that may not be read', { ...failedWithoutNetwork, tags: unread }, unseen],
  [
    'workload backup in the VM, jobs that may not be read, and a proxy with sign-in',
    { ...needsNetwork, ...signsIn, jobs: unread },
    unseen,
  ],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
