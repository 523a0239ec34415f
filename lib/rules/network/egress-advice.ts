import { type Advice, type AdviceContext, inWords } from './advice.ts';
import { azCommand } from './az-command.ts';
import { textAt } from './row.ts';
import { subnetNames } from './subnet.ts';
import type { Reason } from './verdict.ts';

/** The commands that give a subnet a NAT gateway: the way out that Azure recommends. */
export function natGatewayCommands({ rows, judgeable }: AdviceContext): readonly string[] {
  const names = subnetNames(rows.subnet);
  const { region } = judgeable.configuration;
  if (!names || !region) {
    return [];
  }
  const gateway = `ng-${names.vnet}`;
  const address = `pip-${gateway}`;
  return [
    azCommand('network public-ip create', names.id, {
      '-n': address,
      '-l': region,
      '--sku': 'Standard',
      '--allocation-method': 'Static',
    }),
    azCommand('network nat gateway create', names.id, {
      '-n': gateway,
      '-l': region,
      '--public-ip-addresses': address,
    }),
    azCommand('network vnet subnet update', names.id, {
      '--vnet-name': names.vnet,
      '-n': names.subnet,
      '--nat-gateway': gateway,
    }),
  ];
}

/** Opens a path whose route leads to the Internet, but whose VM may have no way there; `undefined` for other reasons. */
export function egressAdvice(reason: Reason, context: AdviceContext): Advice | undefined {
  const subnet = subnetNames(context.rows.subnet)?.subnet ?? '';
  switch (reason) {
    case 'NO_EGRESS':
      return withNatGateway(`Subnet ${subnet} gives this VM no way out.`, context);
    case 'STORAGE_EGRESS_UNDOCUMENTED':
      return withNatGateway(
        `Subnet ${subnet} gives this VM no way out, and for storage it is not documented whether one is needed.`,
        context,
      );
    case 'EGRESS_PENDING_DEALLOCATION':
      return withNatGateway(
        'The default outbound address comes or goes when the VM is stopped and deallocated; a NAT gateway does not.',
        context,
      );
    case 'EGRESS_ON_OTHER_NIC':
      return withNatGateway(
        'Only another interface of the VM has a public address; which one sends is decided in the guest.',
        context,
      );
    case 'EGRESS_LB_UNRESOLVED':
      return inWords(
        'A load balancer behind this VM is not readable by this identity. Grant Reader on its subscription.',
      );
    case 'NAT_GATEWAY_WITHOUT_IP':
      return natGatewayAddress(context);
    default:
      return undefined;
  }
}

function withNatGateway(message: string, context: AdviceContext): Advice {
  return { message, commands: natGatewayCommands(context) };
}

function natGatewayAddress({ input, judgeable }: AdviceContext): Advice {
  const id = textAt(input.natGateway, 'id') ?? '';
  const name = id.split('/').at(-1) ?? '';
  const { region } = judgeable.configuration;
  const message = `NAT gateway ${name} has no public address.`;
  if (!id || !region) {
    return inWords(message);
  }
  const address = `pip-${name}`;
  return {
    message,
    commands: [
      azCommand('network public-ip create', id, {
        '-n': address,
        '-l': region,
        '--sku': 'Standard',
        '--allocation-method': 'Static',
      }),
      azCommand('network nat gateway update', id, { '-n': name, '--public-ip-addresses': address }),
    ],
  };
}
