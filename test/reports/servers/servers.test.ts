import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

import { operationsAt } from '../../../lib/domain/server-operations.ts';
import { serversCsv } from '../../../lib/reports/servers/csv.ts';
import { serversOcsf } from '../../../lib/reports/servers/ocsf.ts';
import type { ReportedServer, ServerReport } from '../../../lib/reports/servers/reported-server.ts';
import { serverCatalogue } from '../../../lib/rules/servers/catalogue.ts';
import { fact, hoursAgo, now, ownSubscription } from '../../rules/healthy-vm.ts';
import { type DifferingServer, engine, engineInfo, judgedServer, notExposed } from '../../rules/servers/server-case.ts';
import { complianceFindingSchema } from '../vms/ocsf-schema.ts';

const silent = {
  engine: fact(engine({ extendedInfo: { ...engineInfo, refreshedAt: hoursAgo(11 * 24) } })),
  items: fact([]),
};

function reported(name: string, differing: DifferingServer, lastContact: string): ReportedServer {
  const { verdict, findings, checklist } = judgedServer(serverCatalogue, differing);
  return {
    serverKey: `key-of-${name}`,
    serverId: engine().id,
    name,
    product: 'mabs',
    vault: 'rsv-weu',
    subscriptionId: ownSubscription,
    resourceGroup: 'rg-backup',
    region: 'westeurope',
    verdict,
    since: hoursAgo(2),
    failing: findings.filter(({ outcome }) => outcome === 'fail').map(({ rule }) => rule),
    unknown: [],
    findings,
    checklist,
    evidenceAt: hoursAgo(1),
    operations: operationsAt(fact(lastContact), fact({ subscriptionId: ownSubscription, state: 'Enabled' }), now),
  };
}

const report: ServerReport = {
  madeAt: now.toISOString(),
  completeness: { runId: 'run-1', surveyedAt: hoursAgo(1), complete: false, vaults: 3, gaps: [{}] },
  servers: [
    reported('mabs01', {}, hoursAgo(1)),
    reported('=cmd|"x"\n', { ...silent, host: notExposed, hostVm: notExposed }, hoursAgo(11 * 24)),
  ],
};

const titles = Object.fromEntries(serverCatalogue.map(({ id, title }) => [id, title]));

describe('servers.csv', () => {
  const lines = serversCsv(report).trimEnd().split('\r\n');
  const [header = '', healthy = '', odd = ''] = lines;
  const cells = (line: string) => line.slice(1, -1).split('","');
  const cell = (line: string, column: string) => cells(line)[cells(header).indexOf(column)];

  it('has a line for each server, with what the report rests on in each', () => {
    expect(lines).toHaveLength(3);
    expect([cell(healthy, 'verdict'), cell(odd, 'verdict')]).toEqual(['working', 'at-risk']);
    expect([cell(odd, 'report_run'), cell(odd, 'report_complete')]).toEqual(['run-1', 'false']);
  });

  it('tells what a server may do, and until when', () => {
    expect(cell(odd, 'backup_to_disk')).toBe('allowed');
    expect(cell(odd, 'backups_stop_at')).toBe('2026-11-24T06:00:00.000Z');
    expect(cell(odd, 'days_left')).toBe('4');
    expect(cell(odd, 'warnings')).toContain('stop in 4 days');
    expect(cell(odd, 'to_be_confirmed')).toContain('mabs-sql-local');
  });

  it('has no cell that a spreadsheet executes', () => {
    expect(odd.startsWith(`"'=cmd|""x"" ","mabs"`)).toBe(true);
  });
});

describe('servers.ocsf.json', () => {
  const validate = new Ajv2020({ allErrors: true }).compile(complianceFindingSchema);
  const events = serversOcsf(report, titles);

  it('holds valid compliance findings: of each server its verdict, then what is open', () => {
    expect(events.flatMap((event) => (validate(event) ? [] : (validate.errors ?? [])))).toEqual([]);
    expect(events.filter(({ finding_info }) => finding_info.uid.endsWith('/verdict'))).toHaveLength(2);
    expect(events.map(({ finding_info }) => finding_info.uid)).toContain('key-of-=cmd|"x"\n/mabs-connectivity');
  });

  it('tells the way out of a failure, and says of none that it is compliant', () => {
    const silence = events.find(({ finding_info }) => finding_info.uid.endsWith('/mabs-connectivity'));

    expect(silence).toMatchObject({
      message: expect.stringContaining('stop in 4 days'),
      remediation: { desc: expect.stringContaining('Get-DPMCloudConnection') },
      compliance: { status: 'Fail' },
    });
    expect(JSON.stringify(events)).not.toMatch(/is compliant/i);
  });
});
