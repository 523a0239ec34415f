import type { EstateResource } from './estate.ts';
import type { NsgRule } from './nsg.ts';

/** A subnet, and what is attached to it by name. */
export type SubnetPlan = {
  readonly name: string;
  readonly nsg: string | null;
  /** Name of the route table. */
  readonly routes?: string;
  readonly natGateway?: string;
  /** No way out unless one is given to it (`defaultOutboundAccess: false`). */
  readonly isPrivate?: true;
  /** Where the third octet of its addresses begins, and the length of its prefix. */
  readonly third: number;
  readonly prefixLength: number;
};

/** Where the default route of a route table leads. */
export type DefaultRoute = { readonly nextHopType: string; readonly nextHopIpAddress?: string };

/** Makes the ids of network resources of one place. */
export type NetworkIds = {
  readonly id: (type: string, name: string) => string;
  readonly region: string;
};

/** What a virtual network consists of. */
export type NetworkDesign = {
  readonly nsgs: Readonly<Record<string, readonly NsgRule[]>>;
  readonly routes: Readonly<Record<string, DefaultRoute>>;
  /** With their share of the NICs; one of share 0 is only for those who ask for it by name. */
  readonly subnets: readonly (readonly [weight: number, subnet: SubnetPlan])[];
  /** What else there is: gateways, firewalls. */
  readonly extras?: (ids: NetworkIds) => readonly EstateResource[];
};

const https = { protocol: 'Tcp', port: '443' } as const;
const outbound = { direction: 'Outbound', access: 'Allow' } as const;

const jumpHosts: NsgRule = {
  name: 'AllowRdpFromJumpHosts',
  direction: 'Inbound',
  access: 'Allow',
  priority: 300,
  from: '10.9.0.0/24',
  protocol: 'Tcp',
  port: '3389',
};

/**
 * The network of every department: 60 % of the NICs behind a subnet NSG, 26 % allow the service tag AzureBackup, 4 %
 * deny everything, 12 % have a default route to an appliance. The shares are assumed.
 */
export const usualNetwork: NetworkDesign = {
  nsgs: {
    web: [{ name: 'AllowHttps', direction: 'Inbound', access: 'Allow', priority: 100, from: 'Internet', ...https }],
    app: [
      { name: 'AllowAzureBackup', priority: 200, to: 'AzureBackup', ...outbound, ...https },
      { name: 'AllowStorage', priority: 210, to: 'Storage', ...outbound, ...https },
      { name: 'AllowEntraId', priority: 220, to: 'AzureActiveDirectory', ...outbound, ...https },
      { name: 'DenyInternet', priority: 4000, direction: 'Outbound', access: 'Deny', to: 'Internet' },
    ],
    locked: [{ name: 'DenyAllOut', direction: 'Outbound', access: 'Deny', priority: 4096 }],
    nic: [jumpHosts],
  },
  routes: { hub: { nextHopType: 'VirtualAppliance', nextHopIpAddress: '10.9.1.4' } },
  subnets: [
    [30, { name: 'snet-web', nsg: 'web', third: 0, prefixLength: 18 }],
    [26, { name: 'snet-app', nsg: 'app', third: 64, prefixLength: 18 }],
    [4, { name: 'snet-locked', nsg: 'locked', third: 128, prefixLength: 18 }],
    [28, { name: 'snet-data', nsg: null, third: 192, prefixLength: 19 }],
    [12, { name: 'snet-spoke', nsg: null, routes: 'hub', third: 224, prefixLength: 19 }],
  ],
};
