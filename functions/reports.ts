import type * as z from 'zod';

import { app as backstop } from '../lib/app.ts';
import { serversCsv } from '../lib/reports/servers/csv.ts';
import { serversOcsf } from '../lib/reports/servers/ocsf.ts';
import { type VmReportFile, vmReports } from '../lib/reports/vms/formats.ts';
import { serverCatalogue } from '../lib/rules/servers/catalogue.ts';
import { listSnapshots } from '../lib/use-cases/list-snapshots.ts';
import { reportResources } from '../lib/use-cases/report-resources.ts';
import { reportServers } from '../lib/use-cases/report-servers.ts';
import { answerChanges, ChangesQuery } from './http/changes.ts';
import { operation, reply, replyFile } from './http/operation.ts';
import { answerVmReport, ReportQuery } from './http/report.ts';
import { route } from './http/route.ts';
import { Snapshots } from './http/schemas/evidence.ts';
import { AcceptedExport, OcsfFindings, VmsReport } from './http/schemas/report.ts';
import { ResourcesOfSweep } from './http/schemas/resources.ts';
import { ServersDocument } from './http/schemas/server.ts';
import { ChangesPage } from './http/schemas/vm.ts';

/** Snapshots of the evidence that are listed: of more than a year. */
const listedSnapshots = 400;

const serverTitles = Object.fromEntries(serverCatalogue.map(({ id, title }) => [id, title]));

/** A report about VMs in one of its formats. */
function vmReport(file: VmReportFile, id: string, summary: string, schema?: z.ZodType) {
  const description = 'The report as a file.';
  return operation({
    method: 'GET',
    id,
    summary: `${summary} 202 with the address of an export where it has too many VMs, or is asked for with \`async\`.`,
    heading: 'Reports',
    role: 'Reader',
    when: { file },
    query: ReportQuery,
    answers: {
      200: { type: vmReports[file].contentType, description, ...(schema ? { schema } : {}) },
      202: AcceptedExport,
    },
    problems: [429],
    handle: ({ query, headers }) => answerVmReport(file, query, headers),
  });
}

/** Reports as files: all VMs and all backup servers in several formats, what changed, the daily snapshots, classic resources and items without a VM. */
route({
  name: 'reports',
  path: 'reports/{file}',
  operations: [
    vmReport('vms.json', 'reportVmsJson', 'All VMs as one JSON document.', VmsReport),
    vmReport('vms.ndjson', 'reportVmsNdjson', 'All VMs, a JSON document per line.'),
    vmReport('vms.csv', 'reportVmsCsv', 'The table of all VMs.'),
    vmReport('summary.csv', 'reportSummaryCsv', 'What the table of VMs rests on and adds up to.'),
    vmReport('vms.html', 'reportVmsHtml', 'All VMs as a page that prints.'),
    vmReport('vms.ocsf.json', 'reportVmsOcsf', 'All VMs as OCSF compliance findings.', OcsfFindings),
    operation({
      method: 'GET',
      id: 'listChanges',
      summary: 'What changed since an instant, newest first, a page at a time.',
      heading: 'Reports',
      role: 'Reader',
      forLimited: true,
      when: { file: 'changes.json' },
      query: ChangesQuery,
      answers: { 200: ChangesPage },
      handle: async ({ query, caller }) => reply(200, await answerChanges(backstop().ports, query, caller)),
    }),
    operation({
      method: 'GET',
      id: 'listEvidence',
      summary: 'The newest 400 daily snapshots of the evidence with the hashes of their manifests, newest first.',
      heading: 'Reports',
      role: 'Reader',
      when: { file: 'evidence.json' },
      answers: { 200: Snapshots },
      handle: async () => reply(200, await listSnapshots(backstop().evidence, listedSnapshots)),
    }),
    operation({
      method: 'GET',
      id: 'reportServersJson',
      summary: 'All backup servers as one JSON document.',
      heading: 'Reports',
      role: 'Reader',
      when: { file: 'servers.json' },
      answers: { 200: ServersDocument },
      handle: async () => reply(200, await reportServers(backstop().ports)),
    }),
    operation({
      method: 'GET',
      id: 'reportServersCsv',
      summary: 'The table of all backup servers.',
      heading: 'Reports',
      role: 'Reader',
      when: { file: 'servers.csv' },
      answers: { 200: { type: 'text/csv; charset=utf-8', description: 'The report as a file.' } },
      async handle() {
        const file = serversCsv(await reportServers(backstop().ports));
        return replyFile(200, file, 'text/csv; charset=utf-8');
      },
    }),
    operation({
      method: 'GET',
      id: 'reportServersOcsf',
      summary: 'All backup servers as OCSF compliance findings.',
      heading: 'Reports',
      role: 'Reader',
      when: { file: 'servers.ocsf.json' },
      answers: { 200: { type: 'application/json', description: 'The report as a file.', schema: OcsfFindings } },
      async handle() {
        const file = JSON.stringify(serversOcsf(await reportServers(backstop().ports), serverTitles));
        return replyFile(200, file, 'application/json');
      },
    }),
    operation({
      method: 'GET',
      id: 'reportOtherResources',
      summary: 'Classic resources, and protected items without a VM, as the newest sweep found them.',
      heading: 'Reports',
      role: 'Reader',
      forLimited: true,
      when: { file: 'other-resources.json' },
      answers: { 200: ResourcesOfSweep },
      handle: async ({ caller }) => reply(200, await reportResources(backstop().ports, caller.subscriptions)),
    }),
  ],
});
