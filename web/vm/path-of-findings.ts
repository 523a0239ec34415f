import type { Finding } from '../../lib/domain/finding.ts';
import type { EvidenceValues } from '../../lib/domain/rule.ts';

/** Where outbound traffic passes, in this order. */
export const stations = ['adminRules', 'nicNsg', 'subnetNsg', 'route', 'wayOut', 'destination'] as const;
export type Station = (typeof stations)[number];

/** Where the evidence says that something is decided, by the station at which that is. */
const stationOf: Readonly<Record<string, Station>> = {
  adminRules: 'adminRules',
  vnet: 'adminRules',
  vm: 'nicNsg',
  nic: 'nicNsg',
  nicNsg: 'nicNsg',
  subnet: 'subnetNsg',
  subnetNsg: 'subnetNsg',
  route: 'route',
  routeTable: 'route',
  gateways: 'route',
  natGateway: 'wayOut',
  otherNics: 'wayOut',
  wayOut: 'wayOut',
  vault: 'destination',
  privateEndpoint: 'destination',
  privateEndpoints: 'destination',
};

/** The path from a VM to one destination, as network rules found it. */
export interface Path {
  readonly destination: string;
  /** `open`, `blocked` or `unknown`. */
  readonly verdict: string;
  /** Where it is stopped, or may be; absent where it is open. */
  readonly at?: Station;
  /** What stops it there. */
  readonly by?: string;
  readonly route?: string;
  readonly wayOut?: string;
}

/** What lies around a VM, and its paths. */
export interface Network {
  readonly nicNsg: string;
  readonly subnetNsg: string;
  readonly subnet: string;
  readonly routeTable: string;
  readonly paths: readonly Path[];
}

const textAt = (values: EvidenceValues, name: string) => {
  const value = values[name];
  return value === undefined ? undefined : String(value);
};

function pathOf(values: EvidenceValues, destination: string): Path {
  const part = (name: string) => textAt(values, `path.${destination}.${name}`);
  const [at, by, route, wayOut] = [part('at'), part('by'), part('route'), part('wayOut')];
  return {
    destination,
    verdict: part('verdict') ?? 'unknown',
    ...(at ? { at: stationOf[at] ?? 'destination' } : {}),
    ...(by ? { by } : {}),
    ...(route ? { route } : {}),
    ...(wayOut ? { wayOut } : {}),
  };
}

/** The network of a VM from the evidence of its network rules; `undefined` where none of them tells of it. */
export function networkOf(findings: readonly Finding[]): Network | undefined {
  const values = findings
    .flatMap(({ evidence }) => evidence)
    .find((evidence) => Object.keys(evidence.values).some((name) => name.startsWith('path.')))?.values;
  if (!values) {
    return undefined;
  }
  const names = Object.keys(values).flatMap((name) => /^path\.(\w+)\.verdict$/.exec(name)?.[1] ?? []);
  const named = (name: string) => textAt(values, name) ?? 'unknown';
  return {
    nicNsg: named('networkSecurityGroup (NIC)'),
    subnetNsg: named('networkSecurityGroup (subnet)'),
    subnet: named('subnet'),
    routeTable: named('routeTable'),
    paths: names.map((name) => pathOf(values, name)),
  };
}
