import type { ReportedServer } from '../reports/servers/reported-server.ts';
import type { JudgedServer } from './judged-server.ts';
import type { Ports } from './ports.ts';
import { listServers, type ServerCompleteness, type ShownServer } from './show-servers.ts';

/** All backup servers with their findings. */
export interface ServersReport {
  readonly madeAt: string;
  readonly completeness: ServerCompleteness;
  readonly servers: readonly (ShownServer & Pick<JudgedServer, 'findings'> & ReportedServer)[];
}

/** A report about all backup servers that are there; there are few, so it is made at once. */
export async function reportServers(ports: Pick<Ports, 'servers' | 'clock'>): Promise<ServersReport> {
  const { servers, completeness } = await listServers(ports, {}, Number.POSITIVE_INFINITY, undefined);
  const findings = new Map((await ports.servers.all()).map(({ value }) => [value.serverKey, value.findings]));
  return {
    madeAt: ports.clock().toISOString(),
    completeness,
    servers: servers.map((server) => ({ ...server, findings: findings.get(server.serverKey) ?? [] })),
  };
}
