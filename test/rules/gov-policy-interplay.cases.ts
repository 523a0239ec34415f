import type { PolicyAssignment, PolicyExemption } from '../../lib/domain/azure-policy.ts';
import { armId } from '../../lib/domain/ids.ts';
import type { govPolicyInterplay } from '../../lib/rules/gov-policy-interplay.ts';
import {
  allowedLocations,
  assignment,
  azurePolicy,
  backupAudit,
  backupDeployment,
  exemption,
  groupTag,
  groupTagWithValue,
  managementGroup,
  ownDenial,
  subscriptionScope,
  vmGroup,
  vmKey,
} from '../domain/policy-sample.ts';
import type { Cases, Differing } from './case.ts';
import { daily, fact, hoursAgo, item, itemWithoutPoint, live, noItem, unread } from './healthy-vm.ts';

function assigned(...assignments: readonly PolicyAssignment[]): Differing {
  return { ...noItem, azurePolicy: fact(azurePolicy(assignments)) };
}

function exempting(from: PolicyAssignment, by: PolicyExemption): Differing {
  return { ...noItem, azurePolicy: fact(azurePolicy([from], [by])) };
}

const tag = assignment(groupTag, { parameters: { tagName: 'owner' } });
const deployment = assignment(backupDeployment, { name: 'deploy-backup', scope: managementGroup });
const autoEnable = { settings: { autoEnable: true } };
const refusal = { code: '400001', title: 'UserErrorRequestDisallowedByPolicy', message: '', recommendations: [] };
const refusedByCheck = live(item({ healthDetails: [refusal] }));
const failedJob = {
  name: 'j',
  operation: 'Backup',
  status: 'Failed',
  startedAt: hoursAgo(2),
  errorCodes: [],
  errorTexts: ['USERERRORREQUESTDISALLOWEDBYPOLICY'],
};
const ownGroup = { ...daily, restorePointGroup: { prefix: 'rg-points-', suffix: '-x' } };

const nothing = { outcome: 'pass', reason: 'NothingInTheWay' } as const;
const refused = { outcome: 'fail', reason: 'Refused', severity: 'warning' } as const;
const denies = { outcome: 'fail', reason: 'DeniesGroup', severity: 'warning' } as const;
const alsoManaged = { outcome: 'fail', reason: 'AlsoManaged', severity: 'warning' } as const;

export const cases: Cases<typeof govPolicyInterplay> = [
  [
    'nothing assigned',
    assigned(),
    {
      ...nothing,
      message: 'No known policy of Azure Policy denies what backup needs, or enables backup itself.',
    },
  ],
  ['other policies', assigned(assignment(allowedLocations), assignment(backupAudit)), nothing],
  [
    'a tag that every resource group must have (ruling 17)',
    assigned(tag),
    {
      ...denies,
      message:
        'Policy assignment require (/subscriptions/11111111-1111-1111-1111-111111111111) denies resource groups without tags, so Azure Backup cannot make AzureBackupRG_westeurope_1 for restore points.',
      fix: {
        text: 'Let the policy add tags (effect Modify) instead of denying, or create AzureBackupRG_westeurope_1 with the tags that it demands.',
        commands: [
          'az policy assignment list --subscription 11111111-1111-1111-1111-111111111111 --scope /subscriptions/11111111-1111-1111-1111-111111111111',
          "az group create --subscription 11111111-1111-1111-1111-111111111111 -n AzureBackupRG_westeurope_1 -l westeurope --tags 'owner=<value>'",
        ],
      },
    },
  ],
  [
    'tags with values, on a management group and on the subscription',
    assigned(
      tag,
      assignment(groupTagWithValue, {
        name: 'costs',
        scope: managementGroup,
        parameters: { TagName: 'cost', TagValue: '42' },
      }),
    ),
    {
      ...denies,
      message:
        'Policy assignment costs (/providers/microsoft.management/managementgroups/mg-corp), require (/subscriptions/11111111-1111-1111-1111-111111111111) denies resource groups without tags, so Azure Backup cannot make AzureBackupRG_westeurope_1 for restore points.',
      fix: {
        commands: [
          'az policy assignment list --subscription 11111111-1111-1111-1111-111111111111 --scope /providers/microsoft.management/managementgroups/mg-corp',
          'az group create --subscription 11111111-1111-1111-1111-111111111111 -n AzureBackupRG_westeurope_1 -l westeurope --tags cost=42',
        ],
      },
    },
  ],
  [
    'a tag that is not told',
    assigned(assignment(groupTag)),
    {
      ...denies,
      fix: {
        commands: [
          'az policy assignment list --subscription 11111111-1111-1111-1111-111111111111 --scope /subscriptions/11111111-1111-1111-1111-111111111111',
          "az group create --subscription 11111111-1111-1111-1111-111111111111 -n AzureBackupRG_westeurope_1 -l westeurope --tags '<name of the tag>=<value>'",
        ],
      },
    },
  ],
  [
    'a policy of backup that names the group itself',
    { ...assigned(tag), policies: fact(new Map([[armId(ownGroup.id), ownGroup]])) },
    {
      ...denies,
      message:
        'Policy assignment require (/subscriptions/11111111-1111-1111-1111-111111111111) denies resource groups without tags, so Azure Backup cannot make rg-points-1-x for restore points.',
    },
  ],
  [
    'the tag policy on the group of the VM: the group of the points stands elsewhere',
    assigned({ ...tag, scope: vmGroup }),
    nothing,
  ],
  [
    'the subscription is left out',
    assigned({ ...tag, scope: managementGroup, notScopes: [subscriptionScope] }),
    nothing,
  ],
  ['not enforced', assigned({ ...tag, enforcementMode: 'DoNotEnforce' }), nothing],
  ['the effect switched off', assigned({ ...tag, parameters: { effect: 'Disabled' } }), nothing],
  ['the subscription is exempt', exempting(tag, exemption(tag, { scope: subscriptionScope })), nothing],
  ['only the VM is exempt', exempting(tag, exemption(tag)), denies],
  [
    'an initiative with the tag policy',
    assigned(assignment('set', { definitions: [allowedLocations, groupTag] })),
    denies,
  ],
  [
    'a definition of the organisation itself that denies groups without a tag (ruling 17)',
    assigned(ownDenial()),
    {
      ...denies,
      fix: {
        commands: [
          'az policy assignment list --subscription 11111111-1111-1111-1111-111111111111 --scope /subscriptions/11111111-1111-1111-1111-111111111111',
          "az group create --subscription 11111111-1111-1111-1111-111111111111 -n AzureBackupRG_westeurope_1 -l westeurope --tags 'costcenter=<value>'",
        ],
      },
    },
  ],
  ['an own definition that is not known to deny groups', assigned(ownDenial({ groupDenials: [] })), nothing],
  [
    'an own definition that leaves out the subscription',
    assigned(ownDenial({ notScopes: [subscriptionScope] })),
    nothing,
  ],
  ['the tag policy counts whoever enables protection', { ...assigned(tag), ...autoEnable }, denies],
  [
    'a deployment of backup where the service enables it (ruling 17)',
    { ...assigned(deployment), ...autoEnable },
    {
      ...alsoManaged,
      message:
        'Policy assignment deploy-backup (/providers/microsoft.management/managementgroups/mg-corp) also enables backup here, and would race with autoEnable.',
      fix: {
        text: 'Switch autoEnable off for this scope, or remove the assignment.',
        commands: [
          'az policy assignment list --subscription 11111111-1111-1111-1111-111111111111 --scope /providers/microsoft.management/managementgroups/mg-corp',
        ],
      },
    },
  ],
  ['a deployment of backup where the service does not enable it (ruling 17)', assigned(deployment), nothing],
  [
    'a deployment to the group of the VM',
    { ...assigned({ ...deployment, scope: vmGroup }), ...autoEnable },
    alsoManaged,
  ],
  [
    'a deployment that only audits',
    { ...assigned({ ...deployment, parameters: { effect: 'AuditIfNotExists' } }), ...autoEnable },
    nothing,
  ],
  [
    'a deployment that leaves out the VM',
    { ...assigned({ ...deployment, notScopes: [vmKey] }), ...autoEnable },
    nothing,
  ],
  ['a denial and a deployment at once', { ...assigned(deployment, tag), ...autoEnable }, denies],
  [
    'an item, whatever is assigned (ruling 17)',
    { azurePolicy: fact(azurePolicy([tag, deployment])), ...autoEnable },
    {
      outcome: 'notApplicable',
      message: 'The VM has an item, and no backup of it is known to have been refused by Azure Policy.',
    },
  ],
  [
    'an item whose pre-check says that Azure Policy refused (ruling 27)',
    { items: refusedByCheck, azurePolicy: unread, jobs: unread },
    {
      ...refused,
      message: 'Azure Policy refused a request of Azure Backup for this VM (UserErrorRequestDisallowedByPolicy).',
      fix: {
        text: 'Let the policy add tags (effect Modify) instead of denying, or create AzureBackupRG_westeurope_1 with the tags that it demands.',
        commands: [
          'az policy assignment list --subscription 11111111-1111-1111-1111-111111111111 --scope /subscriptions/11111111-1111-1111-1111-111111111111',
          "az group create --subscription 11111111-1111-1111-1111-111111111111 -n AzureBackupRG_westeurope_1 -l westeurope --tags '<name of the tag>=<value>'",
        ],
      },
    },
  ],
  ['an item with a job that Azure Policy refused', { jobs: fact([failedJob]) }, refused],
  [
    'an item with a job that Azure Policy refused before the newest point',
    { jobs: fact([{ ...failedJob, startedAt: hoursAgo(20) }]) },
    { outcome: 'notApplicable' },
  ],
  ['an item, and jobs that may not be read', { jobs: unread }, { outcome: 'notApplicable' }],
  [
    'an item without a recovery point, and jobs that may not be read',
    { items: live(itemWithoutPoint()), jobs: unread },
    {
      outcome: 'notApplicable',
      message: 'The VM has an item, and no backup of it is known to have been refused by Azure Policy.',
    },
  ],
  [
    'no item, and policies of Azure Policy that may not be read',
    { ...noItem, azurePolicy: unread },
    { outcome: 'unknown', cause: 'no-permission' },
  ],
  ['items that may not be read', { items: unread }, { outcome: 'unknown', cause: 'no-permission' }],
  ['a VM that may not be read', { ...noItem, vm: unread }, { outcome: 'unknown', cause: 'no-permission' }],
];
