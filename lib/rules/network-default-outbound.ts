import { networkNeed } from '../domain/network-need.ts';
import { defineRule } from '../domain/rule.ts';
import { doubtAbout } from './network/doubt.ts';
import type { WayOut } from './network/egress.ts';
import { pathNames } from './network/evidence-names.ts';
import { judgedNetwork } from './network/judged-network.ts';
import { subnetPlace } from './network/subnet.ts';
import type { Egress } from './network/verdict.ts';

const words: Readonly<Partial<Record<Egress, string>>> = {
  natGateway: 'a NAT gateway',
  publicIp: 'a public address',
  loadBalancer: 'a load balancer',
  defaultOutbound: 'default outbound access',
};

function inWords(wayOut: WayOut): string {
  return wayOut.kind === 'open' ? (words[wayOut.egress] ?? wayOut.egress) : 'its routes';
}

const natGateway = [
  'az network public-ip create --subscription {subnetSubscription} -g {subnetResourceGroup} -n {address} -l {region} --sku Standard --allocation-method Static',
  'az network nat gateway create --subscription {subnetSubscription} -g {subnetResourceGroup} -n {gateway} -l {region} --public-ip-addresses {address}',
  'az network vnet subnet update --subscription {subnetSubscription} -g {subnetResourceGroup} --vnet-name {vnet} -n {subnet} --nat-gateway {gateway}',
];

export const networkDefaultOutbound = defineRule({
  id: 'network-default-outbound',
  title: 'The subnet gives the VM a way out, or the backup does not need one',
  category: 'network',
  severity: 'info',
  rationale:
    'Networks made with API 2025-07-01 or later have private subnets (defaultOutboundAccess false): without NAT gateway, public address, load balancer with outbound rule or default route there is no way to the Internet. Plain VM backup still works; VMs whose backup needs TCP 443 to Azure Backup and Entra ID get a warning.',
  sources: ['Default outbound access in Azure, 2026'],
  reviewed: '2026-11-21',
  needs: { network: pathNames },
  pass: {
    HasWayOut: 'The VM gets out by {way}.',
    UntilDeallocated: 'The VM gets out by an address that it was given by default and loses when it is deallocated.',
    NotNeeded: '{says} Plain VM backup does not need it.',
  },
  fail: {
    PrivateSubnet: 'Subnet {subnet} is private and has no outbound method. The VM needs one because {why}.',
    NoDefaultAccess:
      'Subnet {subnet} gives this VM no way out: members of flexible scale sets and of Standard load balancers have no default outbound access. The VM needs one because {why}.',
  },
  remedies: {
    PrivateSubnet: { text: 'Attach a NAT gateway (or private endpoints for the vault).', commands: natGateway },
    NoDefaultAccess: {
      text: 'Attach a NAT gateway, or give the load balancer an outbound rule.',
      commands: natGateway,
    },
  },
  check({ network }, { settings }, sheet) {
    const judged = judgedNetwork(network);
    const { exit, judgeable } = judged.judgement;
    const { wayOut, region = '<region>' } = judgeable.configuration;
    if (exit.kind === 'open') {
      const isBorrowed = wayOut.kind === 'open' && wayOut.note === 'DEFAULT_OUTBOUND_UNTIL_DEALLOCATED';
      return isBorrowed
        ? { kind: 'pass', reason: 'UntilDeallocated', details: {} }
        : { kind: 'pass', reason: 'HasWayOut', details: { way: inWords(wayOut) } };
    }
    const need = networkNeed(sheet, settings);
    if (need.kind === 'unknown' && exit.kind === 'blocked') {
      return need;
    }
    const because = doubtAbout(judged, exit.first);
    if (need.kind === 'not-needed') {
      return { kind: 'pass', reason: 'NotNeeded', details: { says: because.detail } };
    }
    if (need.kind === 'unknown' || exit.kind === 'unknown') {
      return { kind: 'unknown', because };
    }
    const place = subnetPlace(judged.rows.subnet);
    return {
      kind: 'fail',
      severity: 'warning',
      reason: wayOut.kind === 'none' && !wayOut.isPrivateSubnet ? 'NoDefaultAccess' : 'PrivateSubnet',
      details: { subnet: place.subnet, why: need.why },
      commandDetails: {
        ...place,
        region,
        gateway: `ng-${place.vnet}`,
        address: `pip-ng-${place.vnet}`,
      },
    };
  },
});
