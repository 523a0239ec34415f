import { networkNeed } from '../domain/network-need.ts';
import { defineRule } from '../domain/rule.ts';
import { doubtAbout } from './network/doubt.ts';
import { pathNames } from './network/evidence-names.ts';
import { judgedNetwork } from './network/judged-network.ts';
import { placeOf } from './network/resource-place.ts';
import { parseServiceTag, tagOf } from './network/service-tag.ts';

const table = '--subscription {tableSubscription} -g {tableResourceGroup} --route-table-name {table}';

export const networkRouteForcedTunnel = defineRule({
  id: 'network-route-forced-tunnel',
  title: 'No route leads backup traffic into a black hole, or the backup does not need it',
  category: 'network',
  severity: 'info',
  rationale:
    'A route with next hop None drops what it takes; an appliance or a gateway (forced tunnel) decides itself, which nobody sees from here. Routes of service endpoints are more specific and win. Only VMs whose backup needs TCP 443 to Azure Backup, Storage and Entra ID are concerned: for them it is a warning.',
  sources: [
    'Virtual network traffic routing (general Azure networking, unconfirmed in the stored copies)',
    'Network include of the workload backup pages, 2021',
  ],
  reviewed: '2026-11-21',
  needs: { network: pathNames },
  pass: {
    LeadsOut: 'The routes for backup traffic lead to the Internet or stay in Azure.',
    NotNeeded: '{says} Plain VM backup does not need it.',
  },
  fail: {
    Dropped: '{says} The VM needs it because {why}.',
    TagDropped: '{says} The VM needs it because {why}.',
  },
  remedies: {
    Dropped: {
      text: 'Add routes for the service tags with next hop Internet; they are more specific than {prefix}.',
      commands: [
        `az network route-table route create ${table} -n to-AzureBackup --address-prefix AzureBackup --next-hop-type Internet`,
        `az network route-table route create ${table} -n to-Storage --address-prefix {storageTag} --next-hop-type Internet`,
        `az network route-table route create ${table} -n to-AzureActiveDirectory --address-prefix AzureActiveDirectory --next-hop-type Internet`,
      ],
    },
    TagDropped: {
      text: 'Give route {route} the next hop Internet.',
      commands: [`az network route-table route update ${table} -n {route} --next-hop-type Internet`],
    },
  },
  check({ network }, { settings }, sheet) {
    const judged = judgedNetwork(network);
    const { routes, judgeable } = judged.judgement;
    if (routes.kind === 'open') {
      return { kind: 'pass', reason: 'LeadsOut', details: {} };
    }
    const need = networkNeed(sheet, settings);
    if (need.kind === 'unknown' && routes.kind === 'blocked') {
      return need;
    }
    const because = doubtAbout(judged, routes.first);
    if (need.kind === 'not-needed') {
      return { kind: 'pass', reason: 'NotNeeded', details: { says: because.detail } };
    }
    if (need.kind === 'unknown' || routes.kind === 'unknown') {
      return { kind: 'unknown', because };
    }
    const { name = '', addressPrefix: prefix = '' } = routes.first.path.decidingRoute ?? {};
    const place = placeOf(judged.rows.routeTable);
    return {
      kind: 'fail',
      severity: 'warning',
      reason: parseServiceTag(prefix) ? 'TagDropped' : 'Dropped',
      details: { says: because.detail, why: need.why },
      commandDetails: {
        route: name,
        prefix,
        table: place.name,
        tableSubscription: place.subscription,
        tableResourceGroup: place.resourceGroup,
        storageTag: tagOf('Storage', judgeable.configuration.region),
      },
    };
  },
});
