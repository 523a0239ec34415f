import type { EstateResource } from '../estates/estate.ts';
import type { Random } from '../estates/random.ts';
import type { Access } from './access.ts';
import { managementGroupOf, rootResourceOf } from './arm-path.ts';
import { changeRow } from './graph-changes.ts';
import { resourceGroupRow, subscriptionRow } from './graph-containers.ts';
import { graphRowOf } from './graph-row.ts';
import { type GraphTable, graphTables, graphTablesOf } from './graph-table.ts';
import { hasReported } from './instance-view.ts';
import { ancestorsOf, groupsAbove, subscriptionsBelow } from './management-groups.ts';
import type { Narrowing } from './resource-graph/narrowing.ts';
import type { ResourceGraphRow } from './resource-graph/row.ts';
import { RowIndex } from './row-index.ts';
import type { Change, Tenant } from './tenant.ts';

export interface GraphViewOptions {
  readonly tenant: Tenant;
  readonly access: Access;
  readonly random: Random;
  readonly now: () => Date;
  /** How much later than ARM a write shows here; what the guest reports takes ten times as long. */
  readonly lagMs: number;
  /** The clock of the lag, in milliseconds; default the real one. */
  readonly lagNow?: () => number;
}

/** Something that will show at `dueAt` on the clock of the lag. False: not yet, ask again. */
interface Arrival {
  readonly dueAt: number;
  readonly arrive: () => boolean;
}

const realNow = (): number => performance.now();
const slowFactor = 10;
/** Resource Graph keeps backup jobs for 14 days (documented in 2021). */
const jobsKeptMs = 14 * 24 * 3_600_000;
const subscriptionRead = 'Microsoft.Resources/subscriptions/read';
const vmType = 'microsoft.compute/virtualmachines';
const jobType = 'microsoft.recoveryservices/vaults/backupjobs';

/** The rows of Resource Graph: the tenant as it was a little while ago, without what the caller may not read. */
export class GraphView {
  readonly #options: GraphViewOptions;
  readonly #tables = new Map<string, RowIndex>(graphTables.map((table) => [table, new RowIndex()]));
  readonly #latest = new Map<string, EstateResource | undefined>();
  #arrivals: Arrival[] = [];

  constructor(options: GraphViewOptions) {
    this.#options = options;
    const { tenant } = options;
    const containers = [
      ...tenant.subscriptions.map((subscription) => subscriptionRow(subscription, tenant)),
      ...tenant.resourceGroups.map((group) => resourceGroupRow(group, tenant.tenantId)),
    ];
    for (const row of containers) this.#put('resourcecontainers', row.id.toLowerCase(), row, row);
    for (const [key, resource] of tenant.resources) this.#show(key, resource, true);
    tenant.onChange((change) => this.#expect(change));
  }

  /** Rows of a table by its lower-cased name; undefined for one that Resource Graph does not have. */
  rowsOf(table: string, narrowing: Narrowing = {}): readonly ResourceGraphRow[] | undefined {
    this.#settle();
    return this.#tables.get(table)?.rows(narrowing);
  }

  /** The same number as long as none of these rows changes. */
  versionOf(table: string, narrowing: Narrowing = {}): number | undefined {
    this.#settle();
    return this.#tables.get(table)?.version(narrowing);
  }

  /** Lower-cased ids of the subscriptions below a management group. */
  subscriptionsOf(managementGroup: string): readonly string[] {
    const below = subscriptionsBelow(managementGroup, this.#options.tenant);
    return below.map(({ subscriptionId }) => subscriptionId.toLowerCase());
  }

  /** Lower-cased names of the management groups above a subscription or another management group. */
  groupsAbove(scope: string): readonly string[] {
    const { tenant } = this.#options;
    const subscription = tenant.subscription(scope);
    if (subscription === undefined) return groupsAbove(scope, tenant);
    return ancestorsOf(subscription, tenant).map(({ name }) => name.toLowerCase());
  }

  #expect(change: Change): void {
    const { lagMs, lagNow = realNow, now } = this.#options;
    const key = change.id.toLowerCase();
    const target = change.after ?? change.before;
    const record = this.#recordOf(change, now());
    const at = lagNow();
    const isNewVm = change.before === undefined && target?.type.toLowerCase() === vmType;
    this.#arrivals.push({
      dueAt: at + lagMs,
      arrive: () => {
        this.#latest.set(key, change.after);
        if (change.after !== undefined) this.#show(key, change.after, !isNewVm);
        else if (change.before !== undefined) this.#drop(key, change.before);
        this.#put('resourcechanges', record.id.toLowerCase(), record, target ?? record);
        return true;
      },
    });
    if (isNewVm) this.#arrivals.push({ dueAt: at + lagMs * slowFactor, arrive: () => this.#showGuest(key, target) });
  }

  #recordOf(change: Change, at: Date): ResourceGraphRow {
    const { tenant, random } = this.#options;
    return changeRow(change, { tenantId: tenant.tenantId, at, id: random.guid(), correlationId: random.guid() });
  }

  /** Gives the row of a new VM what its guest reports, unless a later write has done so or the guest is still silent. */
  #showGuest(key: string, vm: EstateResource | undefined): boolean {
    if (vm === undefined || this.#latest.get(key) !== vm) return true;
    if (!hasReported(vm, this.#options.now())) return false;
    this.#show(key, vm, true);
    return true;
  }

  #settle(): void {
    const { lagNow = realNow } = this.#options;
    const at = lagNow();
    if (!this.#arrivals.some(({ dueAt }) => dueAt <= at)) return;
    this.#arrivals = this.#arrivals.filter(({ dueAt, arrive }) => dueAt > at || !arrive());
  }

  #show(key: string, resource: EstateResource, showsSlowFields: boolean): void {
    const { tenant, now } = this.#options;
    const vaultLocationOf = (id: string): string => tenant.resource(rootResourceOf(id))?.location ?? '';
    const context = { tenantId: tenant.tenantId, now: now(), vaultLocationOf, showsSlowFields };
    const row = graphRowOf(resource, context);
    const isForgotten = row.type === jobType && context.now.getTime() - startOf(resource) > jobsKeptMs;
    if (isForgotten) return;
    for (const table of graphTablesOf(row.type)) this.#put(table, key, row, row);
  }

  /** `target` is what the caller must be allowed to read for the row to appear. */
  #put(
    table: GraphTable,
    key: string,
    row: ResourceGraphRow,
    target: { readonly id: string; readonly type: string },
  ): void {
    if (!this.#mayRead(target)) return;
    this.#tables.get(table)?.put(key, row);
  }

  /** What stands above the subscriptions is seen by whoever may read it in one of the subscriptions below. */
  #mayRead({ id, type }: { readonly id: string; readonly type: string }): boolean {
    const { access, tenant } = this.#options;
    const action = `${type}/read`;
    if (access.refuses(action, id)) return false;
    if (/^\/subscriptions\//i.test(id)) return true;
    const group = managementGroupOf(id);
    const below = group === undefined ? tenant.subscriptions : subscriptionsBelow(group, tenant);
    return below.some(({ subscriptionId }) =>
      [subscriptionRead, action].every((each) => !access.refuses(each, `/subscriptions/${subscriptionId}`)),
    );
  }

  #drop(key: string, { type }: EstateResource): void {
    for (const table of graphTablesOf(type)) this.#tables.get(table)?.delete(key);
  }
}

const startOf = ({ properties }: EstateResource): number => Date.parse(String(properties['startTime']));
