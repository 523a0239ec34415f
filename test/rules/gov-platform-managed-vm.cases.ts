import type { govPlatformManagedVm } from '../../lib/rules/gov-platform-managed-vm.ts';
import type { Cases, Differing } from './case.ts';
import { fact, machine, specialisedMachine, unread } from './healthy-vm.ts';

function group(resourceGroup: string): Differing {
  return { vm: fact(machine({ resourceGroup })) };
}

function publisher(name: string): Differing {
  return { vm: fact(machine({ image: { publisher: name } })) };
}

const excluded = { outcome: 'fail', reason: 'PlatformManaged', severity: 'info', verdict: 'excluded' } as const;
const own = { outcome: 'pass', reason: 'OwnMachine', verdict: 'undetermined' } as const;

export const cases: Cases<typeof govPlatformManagedVm> = [
  ['a VM of nobody else', {}, { ...own, message: 'No platform service owns this VM.' }],
  [
    'a Databricks group',
    group('databricks-rg-analytics-x7'),
    { ...excluded, message: 'Managed by Azure Databricks; not evaluated.' },
  ],
  ['a Databricks group in another case', group('Databricks-RG-Analytics'), excluded],
  ['a group that merely mentions Databricks', group('rg-databricks-rg-1'), own],
  [
    'an AKS node group',
    group('MC_shop_aks_weu'),
    { ...excluded, message: 'Managed by Azure Kubernetes Service; not evaluated.' },
  ],
  ['an AKS node group in lower case', group('mc_shop_aks_weu'), excluded],
  ['a group that merely begins with the letters', group('mcommerce'), own],
  [
    'an image of OpenShift',
    publisher('azureopenshift'),
    { ...excluded, message: 'Managed by Azure Red Hat OpenShift; not evaluated.' },
  ],
  ['an image of Databricks in its own case', publisher('AzureDatabricks'), excluded],
  ['a publisher that JavaScript knows', publisher('constructor'), own],
  [
    'a VM that another resource manages',
    { vm: fact(machine({ managedBy: '/subscriptions/x/providers/Contoso.App/clusters/c1' })) },
    { ...excluded, message: 'Managed by /subscriptions/x/providers/Contoso.App/clusters/c1; not evaluated.' },
  ],
  ['a VM without an image', { vm: fact(specialisedMachine()) }, own],
  ['an image of nobody', { vm: fact(machine({ image: { id: '/subscriptions/x/images/golden' } })) }, own],
  ['a VM that may not be read', { vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
