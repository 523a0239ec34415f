import { subscriptionOf } from '../domain/ids.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { ReportedVm, ReportSource } from '../reports/vms/report-source.ts';
import { catalogue } from '../rules/catalogue.ts';
import { completenessOf } from './completeness.ts';
import type { ReportPorts, ReportRequest } from './export-ports.ts';
import { readRegister } from './list-exemptions.ts';
import type { VmFilter } from './ports.ts';
import { nameOfScope, scopeOf } from './posture-scope.ts';

/** More rows than wanted: the report is to be made as an export. */
export class TooManyRows extends Error {
  override readonly name = 'TooManyRows';
}

const ruleTitles = Object.fromEntries(catalogue.map(({ id, title }) => [id, title]));

/** The filters that were given, by name. */
function filtersOf(given: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(given).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

async function* none(): AsyncIterable<never> {}

/** What a report is made from, as it stands now. Throws `UnknownScope`. */
export async function openReport(
  ports: ReportPorts,
  noticeDays: number,
  request: ReportRequest,
): Promise<ReportSource> {
  const [scope, [newest], register] = await Promise.all([
    scopeOf(ports, request),
    ports.runs.newest(1, 'full'),
    readRegister(ports, noticeDays),
  ]);
  const { subscriptions, region } = scope;
  const { subscription: _, managementGroup: __, region: ___, visible: ____, verdict, ...rest } = request;
  const [only, ...others] = subscriptions ?? [];
  const place = only !== undefined && others.length === 0 ? { subscription: only } : { subscriptions };
  const filter: VmFilter = { ...rest, region, ...place };
  const isOfScope = (id: string) => subscriptions?.includes(subscriptionOf(id) ?? '') ?? true;
  const now = ports.clock();
  return {
    head: {
      scope: nameOfScope(request),
      filters: filtersOf({ verdict, ...rest }),
      madeAt: now.toISOString(),
      completeness: completenessOf(newest, now),
      exemptions: register.filter((exemption) => isOfScope(exemption.scope)),
      ruleTitles,
    },
    vms(wanted?: Verdict) {
      const isNone = wanted !== undefined && verdict !== undefined && wanted !== verdict;
      return isNone ? none() : ports.evaluations.each({ ...filter, verdict: wanted ?? verdict });
    },
  };
}

/** A source that tells of every row that is read: `seen` gets the row's number in its pass, and may end it by throwing. */
export function watched(source: ReportSource, seen: (row: number, wanted?: Verdict) => void): ReportSource {
  return {
    head: source.head,
    async *vms(wanted?: Verdict): AsyncIterable<ReportedVm> {
      let row = 0;
      for await (const vm of source.vms(wanted)) {
        row += 1;
        seen(row, wanted);
        yield vm;
      }
    },
  };
}

/** A source that throws `TooManyRows` instead of a row above the limit. */
export function limited(source: ReportSource, limit: number): ReportSource {
  return watched(source, (row) => {
    if (row > limit) {
      throw new TooManyRows(`There are more than ${limit} rows.`);
    }
  });
}
