import { type Advice, type AdviceContext, inWords, ownTag } from './advice.ts';
import { azCommand, idPart } from './az-command.ts';
import type { Destination } from './destination.ts';
import { natGatewayCommands } from './egress-advice.ts';
import { listAt, textAt } from './row.ts';
import { subnetNames } from './subnet.ts';
import type { DecidingRoute, Reason } from './verdict.ts';

/** Names that an appliance must let through on 443 (pages on SQL Server, MARS and MABS backup). */
const namesOf: Readonly<Record<Destination, string>> = {
  AzureBackup: '*.backup.windowsazure.com',
  Storage: '*.blob.core.windows.net, *.queue.core.windows.net and *.blob.storage.azure.net',
  AzureActiveDirectory: '*.login.microsoft.com and the Microsoft 365 common endpoints, sections 56 and 59',
};

/** Opens a path that a route closes or may close; `undefined` if the reason is none of a route. */
export function routeAdvice(reason: Reason, route: DecidingRoute, context: AdviceContext): Advice | undefined {
  const { destination } = context;
  const which = `Route ${route.name ?? route.source} (${route.addressPrefix ?? ''})`;
  switch (reason) {
    case 'ROUTE_NONE':
      return {
        message: `${which} in ${route.routeTable} drops TCP 443 to ${destination}.`,
        commands: bypass(route, context),
      };
    case 'ROUTE_VIRTUAL_APPLIANCE':
    case 'ROUTE_GATEWAY': {
      const via = reason === 'ROUTE_GATEWAY' ? 'a gateway' : (route.nextHopIpAddress ?? 'appliances');
      return {
        message: `${which} sends it to ${via}; allow ${namesOf[destination]} on 443 there, or bypass it.`,
        commands: [...bypass(route, context), ...serviceEndpoint(context)],
      };
    }
    case 'ROUTE_VNETLOCAL':
    case 'ROUTE_UNSUPPORTED':
      return {
        message: `${which} leads to ${route.nextHopType}, where the service is not known to be.`,
        commands: bypass(route, context),
      };
    case 'ROUTE_BGP_POSSIBLE':
      return {
        message: 'A default route may be learned over a gateway; check the effective routes.',
        commands: effectiveRoutes(context),
      };
    case 'ROUTE_MIXED':
      return {
        message: `${which} concerns part of ${destination}, or may; check the effective routes.`,
        commands: effectiveRoutes(context),
      };
    case 'FIREWALL_DENY_PRESENT':
    case 'FIREWALL_TLS_INSPECTION':
    case 'FIREWALL_NO_ALLOW_FOUND':
      return inWords(
        `${firewallSays[reason]} ${which} leads there. Add an application rule with the FQDN tag AzureBackup (https, without TLS inspection) and network rules for ${ownTag({ ...context, destination: 'Storage' })} and AzureActiveDirectory on TCP 443.`,
      );
    default:
      return undefined;
  }
}

const firewallSays = {
  FIREWALL_DENY_PRESENT: 'The Azure Firewall has rules that deny, so it is not certain what it lets through.',
  FIREWALL_TLS_INSPECTION: 'The Azure Firewall inspects TLS, which Azure Backup does not support.',
  FIREWALL_NO_ALLOW_FOUND: 'No readable rule of the Azure Firewall clearly allows it.',
};

/** A route for the tag itself, which is longer than a default route; where the table has one, it is changed. */
function bypass(route: DecidingRoute, context: AdviceContext): readonly string[] {
  const id = textAt(context.rows.routeTable, 'id');
  if (!id || route.source !== 'user') {
    return [];
  }
  const tag = ownTag(context);
  const table = { '--route-table-name': idPart(id, 'routeTables') };
  const isOwn = route.addressPrefix?.toLowerCase() === tag.toLowerCase();
  const command = isOwn
    ? azCommand('network route-table route update', id, {
        ...table,
        '-n': route.name ?? '',
        '--next-hop-type': 'Internet',
      })
    : azCommand('network route-table route create', id, {
        ...table,
        '-n': `to-${context.destination}`,
        '--address-prefix': tag,
        '--next-hop-type': 'Internet',
      });
  const hasWayOut = context.judgeable.configuration.wayOut.kind !== 'none';
  return [command, ...(hasWayOut ? [] : natGatewayCommands(context))];
}

/** The flag replaces all endpoints of the subnet, so those it has are named again. */
function serviceEndpoint({ rows, destination }: AdviceContext): readonly string[] {
  const names = subnetNames(rows.subnet);
  if (destination !== 'Storage' || !names) {
    return [];
  }
  const existing = (listAt(rows.subnet, 'properties', 'serviceEndpoints') ?? []).flatMap(
    (each) => textAt(each, 'service') ?? [],
  );
  return [
    azCommand('network vnet subnet update', names.id, {
      '--vnet-name': names.vnet,
      '-n': names.subnet,
      '--service-endpoints': [...new Set([...existing, 'Microsoft.Storage'])],
    }),
  ];
}

function effectiveRoutes({ rows }: AdviceContext): readonly string[] {
  const id = textAt(rows.nic, 'id');
  return id ? [azCommand('network nic show-effective-route-table', id, { '-n': idPart(id, 'networkInterfaces') })] : [];
}
