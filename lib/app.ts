import { createArm } from './azure/arm.ts';
import { createArmBudget } from './azure/arm-budget.ts';
import { createArmClient } from './azure/arm-client.ts';
import { createVaultServerReads } from './azure/backup-servers.ts';
import { createBlobs } from './azure/blobs.ts';
import { createBulkRequests } from './azure/bulk-requests-table.ts';
import { connect } from './azure/connection.ts';
import { createEvaluations } from './azure/evaluations-table.ts';
import { createEvidenceChain } from './azure/evidence-chain-table.ts';
import { createExemptions } from './azure/exemptions-table.ts';
import { createExportFiles } from './azure/export-files.ts';
import { createExports } from './azure/exports-table.ts';
import { createHostMachineReads } from './azure/host-machines.ts';
import { createInventory } from './azure/inventory.ts';
import { createPostures } from './azure/postures-table.ts';
import { createProtections } from './azure/protections-table.ts';
import { createQueues } from './azure/queues.ts';
import { createResourceGraph, type GraphScope } from './azure/resource-graph.ts';
import { createRuns } from './azure/runs-table.ts';
import { createServers } from './azure/servers-table.ts';
import { createTable } from './azure/table.ts';
import { createTransitions } from './azure/transitions-table.ts';
import { readVmEvent } from './azure/vm-event.ts';
import { type Config, readAuthMode, readConfig } from './config.ts';
import { createNotifications } from './notifications.ts';
import type { Evidence } from './use-cases/evidence-ports.ts';
import type { ExportPorts } from './use-cases/export-ports.ts';
import type { NotifierPorts } from './use-cases/notification-ports.ts';
import type { Clock, Log, Ports } from './use-cases/ports.ts';
import type { Protections } from './use-cases/protector-ports.ts';

/** The service, put together. */
export interface App {
  readonly config: Config;
  readonly ports: Ports;
  /** Attempts to protect VMs, approvals and the stop switch. */
  readonly protections: Protections;
  /** The evidence of each day. */
  readonly evidence: Evidence;
  /** Reports that are written to files. */
  readonly exporting: Pick<ExportPorts, 'exports' | 'files'>;
  /** What is announced and how it is sent. */
  readonly notifier: NotifierPorts;
}

/** One line of JSON per decision, on standard output, which the Functions host collects. */
const logLine: Log = (level, message, fields = {}) => {
  const line = JSON.stringify({ level, message, ...fields });
  if (level === 'error') {
    console.error(line);
  } else {
    console.log(line);
  }
};

/** What a sweep covers: named subscriptions, a management group, or all that the identity may read. */
function scopeOf({ managementGroup, sweep }: Config): GraphScope {
  if (sweep.subscriptions.length > 0) {
    return { subscriptions: sweep.subscriptions };
  }
  return managementGroup ? { managementGroup } : {};
}

/** Builds the service from its settings. `overrides` replaces single parts in tests. */
export function createApp(config: Config, overrides: Partial<Ports> = {}): App {
  const connection = connect(config);
  const clock: Clock = overrides.clock ?? (() => new Date());
  const graph = createResourceGraph(connection);
  const armClient = createArmClient(connection);
  const table = (name: string) => createTable(config.storage.tableServiceUri, name, connection);
  const queues = createQueues(config.storage.queueServiceUri, connection);
  const notifications = createNotifications(config, connection, { queues, clock, table: table('notifications') });
  const ports: Ports = {
    inventory: createInventory(graph.pages, scopeOf(config), clock),
    arm: createArm(connection, armClient, clock),
    evaluations: createEvaluations(table('vms')),
    transitions: notifications.ofTransitions(createTransitions(table('transitions'))),
    postures: createPostures(table('postures')),
    runs: notifications.ofRuns(createRuns(table('runs'))),
    queues,
    metered: graph.metered,
    armBudget: createArmBudget(clock),
    bulkRequests: createBulkRequests(table('runs')),
    exemptions: createExemptions(table('exemptions')),
    serverReads: { ...createVaultServerReads(armClient, clock), ...createHostMachineReads(graph.pages, clock) },
    servers: createServers(table('servers')),
    readVmEvent,
    clock,
    log: logLine,
    ...overrides,
  };
  const protections = notifications.ofProtections(createProtections(table('protections')));
  return {
    config,
    protections,
    evidence: {
      blobs: createBlobs(config.storage.blobServiceUri, 'evidence', connection),
      chain: createEvidenceChain(table('runs')),
    },
    exporting: {
      exports: createExports(table('exports')),
      files: createExportFiles(createBlobs(config.storage.blobServiceUri, 'exports', connection)),
    },
    ports,
    notifier: notifications.notifier(ports, protections),
  };
}

let theApp: App | undefined;

/** The one app of this process, built when it is first used: importing a function file builds nothing. */
export function app(): App {
  theApp ??= createApp(readConfig());
  return theApp;
}

/** Who may reach functions over HTTP before they look at who asks. Needs no settings to be right: functions register by it. */
export function authLevel(): 'anonymous' | 'function' {
  return readAuthMode() === 'entra' ? 'anonymous' : 'function';
}
