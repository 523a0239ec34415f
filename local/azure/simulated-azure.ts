import { createServer } from 'node:https';

import type { Estate } from '../estates/estate.ts';
import { randomStream } from '../estates/random.ts';
import { accessOf } from './access.ts';
import { ArmLimits } from './arm-limits.ts';
import { armRoutes } from './arm-routes.ts';
import { serveArm } from './arm-server.ts';
import { BackupOperations } from './backup-operations.ts';
import { type CustomTopic, startCustomTopic } from './event-grid/custom-topic.ts';
import { EventGrid, type EventGridOptions, type EventSubscription } from './event-grid/event-grid.ts';
import { type Fault, FaultRules } from './fault-rules.ts';
import { FrontDoor, type RecordedRequest } from './front-door.ts';
import { GraphView } from './graph-view.ts';
import { listenOnLoopback, stopServer } from './listen.ts';
import { LostAccess } from './lost-access.ts';
import { startManagedIdentity } from './managed-identity.ts';
import { inheritedDenials } from './management-groups.ts';
import { createPager } from './paging.ts';
import { createResourceGraph } from './resource-graph/service.ts';
import { Tenant } from './tenant.ts';

export interface SimulatedAzureOptions {
  readonly estate: Estate;
  readonly certificate: { readonly cert: string; readonly key: string };
  /** The estate's time. */
  readonly now: () => Date;
  /** Of ARM; 0 or taken: a free one. */
  readonly port?: number;
  /** Decides orders, ids and duplicates. */
  readonly seed?: number;
  /** How much later than ARM Resource Graph shows a write, in milliseconds; default 1000, 0 = at once. */
  readonly lagMs?: number;
  /** The clock of that lag: the real one unless told otherwise, or the estate's, where minutes take no time. */
  readonly lagClock?: 'real' | 'estate';
  /** Rows of a page of Resource Graph; default 1000. */
  readonly graphPageSize?: number;
  /** Default as in Azure: 15 requests in 5 seconds. */
  readonly resourceGraphQuota?: { readonly requests: number; readonly windowMs: number } | 'off';
  /** ARM's and Compute's throttling; default on. */
  readonly armLimits?: 'on' | 'off';
  /** Entries of a page of an ARM list; default 200. */
  readonly pageSize?: number;
  /** How long an operation of Azure Backup takes, on the clock of the lag; default 2000 ms. */
  readonly backupOperationMs?: number;
  /** What a client is told to wait between two questions about it; default 1 second, in Azure 60. */
  readonly backupRetryAfterSeconds?: number;
  readonly events?: Omit<EventGridOptions, 'seed'>;
}

/** A running Azure: one estate behind https, Resource Graph, a managed identity and Event Grid included. */
export interface SimulatedAzure {
  /** The resource manager endpoint. */
  readonly armUrl: string;
  /** For IDENTITY_ENDPOINT. */
  readonly identityEndpoint: string;
  /** For IDENTITY_HEADER. */
  readonly identityHeader: string;
  readonly port: number;
  /** Every ARM and Resource Graph request so far, in the order of their answers. */
  readonly requests: readonly RecordedRequest[];
  /** Puts an answer in the place of the right one; the first rule that fits a request wins. */
  faults(rule: Fault): void;
  /** The caller may no longer read a subscription, from so many requests to Azure on; default at once. */
  loseAccess(subscriptionId: string, afterRequests?: number): void;
  /** Ends all faults and gives back all access. */
  heal(): void;
  /** Ids of the resources whose events were lost. */
  readonly lostEvents: readonly string[];
  /** A custom topic of Event Grid, for what the service announces. */
  readonly topic: CustomTopic;
  /** Delivers the events of a subscription to a webhook; fails if the webhook does not answer the handshake. */
  subscribe(subscription: EventSubscription): Promise<void>;
  close(): Promise<void>;
}

const defaultLagMs = 1000;
const defaultPageSize = 200;
const defaultOperationMs = 2000;

/** Starts a simulated Azure on loopback. The service under test is pointed at it by settings and does not know. */
export async function startSimulatedAzure(options: SimulatedAzureOptions): Promise<SimulatedAzure> {
  const { estate, certificate, now, seed = 0 } = options;
  const server = createServer(certificate);
  const port = await listenOnLoopback(server, options.port ?? 0);
  const armUrl = `https://127.0.0.1:${port}`;
  const principal = { tenantId: estate.tenantId, objectId: randomStream(seed, 'principal').guid() };
  const identity = await startManagedIdentity(principal);
  const topic = await startCustomTopic(certificate);

  const tenant = new Tenant(estate);
  const access = accessOf(inheritedDenials(estate.denied, tenant), principal.objectId);
  const lost = new LostAccess(() => door.requests.length);
  const accessLeft = lost.left(access, principal.objectId);
  const page = createPager(armUrl, options.pageSize ?? defaultPageSize);
  const eventGrid = new EventGrid({ seed, ...options.events });
  const graphView = new GraphView({
    tenant,
    access,
    now,
    random: randomStream(seed, 'changes'),
    lagMs: options.lagMs ?? defaultLagMs,
    ...(options.lagClock === 'estate' ? { lagNow: () => now().getTime() } : {}),
  });
  const resourceGraph = createResourceGraph({
    rowsOf: (table, narrowing) => lost.shown(graphView.rowsOf(table, narrowing)),
    versionOf: (table, narrowing) => lost.shownVersion(graphView.versionOf(table, narrowing)),
    subscriptionsOf: (managementGroup) => graphView.subscriptionsOf(managementGroup),
    groupsAbove: (scope) => graphView.groupsAbove(scope),
    now,
    seed,
    ...(options.resourceGraphQuota === undefined ? {} : { quota: options.resourceGraphQuota }),
    ...(options.graphPageSize === undefined ? {} : { maxPage: options.graphPageSize }),
  });
  const backupOperations = new BackupOperations({
    armUrl,
    now,
    random: randomStream(seed, 'backup operations'),
    durationMs: options.backupOperationMs ?? defaultOperationMs,
    retryAfterSeconds: options.backupRetryAfterSeconds ?? 1,
    clock: options.lagClock === 'estate' ? () => now().getTime() : () => performance.now(),
  });
  const serviceId = estate.settings['backupManagementServiceObjectId'];
  const faults = new FaultRules();
  const closing = new AbortController();
  const door = new FrontDoor({
    armUrl,
    tenant,
    faults,
    signal: closing.signal,
    limits: options.armLimits === 'off' ? undefined : new ArmLimits(() => performance.now()),
    queryResourceGraph: (body) => resourceGraph.handle(body),
    settle: () => backupOperations.settle(),
    routes: armRoutes({
      tenant,
      access: accessLeft,
      page,
      armUrl,
      now,
      seed,
      eventGrid,
      backupOperations,
      serviceId: typeof serviceId === 'string' ? serviceId : undefined,
    }),
  });
  server.on('request', (request, response) => void serveArm(door, request, response));

  return {
    armUrl,
    port,
    identityEndpoint: identity.endpoint,
    identityHeader: identity.header,
    requests: door.requests,
    lostEvents: eventGrid.lost,
    topic,
    faults: (rule) => faults.add(rule),
    loseAccess: (subscriptionId, afterRequests = 0) => lost.lose(subscriptionId, afterRequests),
    heal() {
      faults.clear();
      topic.heal();
      lost.restore();
    },
    subscribe: (subscription) => eventGrid.subscribe(subscription),
    close: async () => {
      closing.abort();
      eventGrid.close();
      await Promise.all([stopServer(server), identity.close(), topic.close()]);
    },
  };
}
