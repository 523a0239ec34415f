import { armId } from './arm-ids.ts';
import type { EstateResource } from './estate.ts';

/** One security rule in short; what is left out is `*`. */
export type NsgRule = {
  readonly name: string;
  readonly direction: 'Inbound' | 'Outbound';
  readonly access: 'Allow' | 'Deny';
  readonly priority: number;
  readonly protocol?: string;
  readonly from?: string;
  readonly to?: string;
  readonly port?: string;
};

/** The six rules that Azure puts into every network security group. */
const defaultRules: readonly NsgRule[] = [
  {
    name: 'AllowVnetInBound',
    direction: 'Inbound',
    access: 'Allow',
    priority: 65000,
    from: 'VirtualNetwork',
    to: 'VirtualNetwork',
  },
  {
    name: 'AllowAzureLoadBalancerInBound',
    direction: 'Inbound',
    access: 'Allow',
    priority: 65001,
    from: 'AzureLoadBalancer',
  },
  { name: 'DenyAllInBound', direction: 'Inbound', access: 'Deny', priority: 65500 },
  {
    name: 'AllowVnetOutBound',
    direction: 'Outbound',
    access: 'Allow',
    priority: 65000,
    from: 'VirtualNetwork',
    to: 'VirtualNetwork',
  },
  { name: 'AllowInternetOutBound', direction: 'Outbound', access: 'Allow', priority: 65001, to: 'Internet' },
  { name: 'DenyAllOutBound', direction: 'Outbound', access: 'Deny', priority: 65500 },
];

function ruleBody(nsgId: string, collection: 'securityRules' | 'defaultSecurityRules', rule: NsgRule) {
  return {
    name: rule.name,
    id: `${nsgId}/${collection}/${rule.name}`,
    type: `Microsoft.Network/networkSecurityGroups/${collection}`,
    properties: {
      provisioningState: 'Succeeded',
      protocol: rule.protocol ?? '*',
      sourcePortRange: '*',
      destinationPortRange: rule.port ?? '*',
      sourceAddressPrefix: rule.from ?? '*',
      destinationAddressPrefix: rule.to ?? '*',
      access: rule.access,
      priority: rule.priority,
      direction: rule.direction,
      sourcePortRanges: [],
      destinationPortRanges: [],
      sourceAddressPrefixes: [],
      destinationAddressPrefixes: [],
    },
  };
}

/** Where a network security group is, what it is called, and the subnets that use it. */
export type NsgPlan = {
  readonly subscriptionId: string;
  readonly group: string;
  readonly name: string;
  readonly location: string;
  readonly resourceGuid: string;
  readonly rules: readonly NsgRule[];
  readonly subnetIds: readonly string[];
};

/** The body of a network security group, with Azure's default rules. */
export function nsgBody(plan: NsgPlan): EstateResource {
  const type = 'Microsoft.Network/networkSecurityGroups';
  const id = armId(plan.subscriptionId, plan.group, type, plan.name);
  return {
    id,
    name: plan.name,
    type,
    location: plan.location,
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: plan.resourceGuid,
      securityRules: plan.rules.map((rule) => ruleBody(id, 'securityRules', rule)),
      defaultSecurityRules: defaultRules.map((rule) => ruleBody(id, 'defaultSecurityRules', rule)),
      ...(plan.subnetIds.length > 0 && { subnets: plan.subnetIds.map((subnetId) => ({ id: subnetId })) }),
    },
  };
}
