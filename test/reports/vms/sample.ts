import type { Finding } from '../../../lib/domain/finding.ts';
import type {
  ReportedExemption,
  ReportedVm,
  ReportHead,
  ReportSource,
} from '../../../lib/reports/vms/report-source.ts';

const subscriptionId = '11111111-2222-3333-4444-555555555555';
const vault = `/subscriptions/${subscriptionId}/resourceGroups/rg-backup/providers/Microsoft.RecoveryServices/vaults/rsv-shop`;

/** A failing rule with evidence and a command for its fix. */
const notProtected: Finding = {
  outcome: 'fail',
  rule: 'health-protected',
  category: 'backup-health',
  severity: 'blocker',
  reason: 'not-protected',
  message: 'No backup item protects the VM.',
  evidence: [{ fact: 'items', values: { count: 0 }, where: 'Resource Graph', readAt: '2026-11-20T06:00:00.000Z' }],
  fix: { text: 'Enable backup of the VM.', commands: ["az backup protection enable-for-vm --vm 'web1'"] },
};

const networkUnknown: Finding = {
  outcome: 'unknown',
  rule: 'network-nsg-outbound',
  category: 'network',
  severity: 'warning',
  cause: 'no-permission',
  message: 'The network security group could not be read: 403.',
  action: 'Grant Microsoft.Network/networkSecurityGroups/read.',
  evidence: [],
};

const tooShort: Finding = {
  outcome: 'fail',
  rule: 'policy-retention-minimum',
  category: 'policy',
  severity: 'warning',
  reason: 'too-short',
  message: 'Daily points are kept for 7 days; 30 are demanded.',
  evidence: [],
};

/** A VM; what a test wants otherwise is given. */
export function sampleVm(name: string, own: Partial<ReportedVm> = {}): ReportedVm {
  return {
    vmKey: `0123456789abcdef${name.length.toString(16).padStart(4, '0')}`,
    vmId: `/subscriptions/${subscriptionId}/resourceGroups/rg-shop/providers/Microsoft.Compute/virtualMachines/${name}`,
    name,
    subscriptionId,
    resourceGroup: 'rg-shop',
    region: 'westeurope',
    owner: 'shop@example.com',
    verdict: 'protected',
    since: '2026-11-01T00:00:00.000Z',
    failing: [],
    unknown: [],
    findings: [],
    item: { id: `${vault}/items/${name}`, vault, policy: 'EnhancedPolicy', state: 'Protected' },
    lastRecoveryPoint: '2026-11-20T02:00:00.000Z',
    evidenceAt: '2026-11-20T06:00:00.000Z',
    runId: '20261120t0600-a',
    ...own,
  };
}

function withoutItem(name: string, own: Partial<ReportedVm>): ReportedVm {
  const { item, lastRecoveryPoint, ...rest } = sampleVm(name, own);
  return rest;
}

/** One VM of most kinds, with names and tags that attack. */
export const sampleVms: readonly ReportedVm[] = [
  sampleVm('db1'),
  withoutItem('web1', {
    verdict: 'protectable',
    failing: ['health-protected'],
    unknown: ['network-nsg-outbound'],
    findings: [notProtected, networkUnknown],
  }),
  withoutItem('=HYPERLINK("https://evil.example","x")', {
    verdict: 'blocked',
    owner: '<script>alert(1)</script>',
    failing: ['health-protected'],
    findings: [{ ...notProtected, message: 'No item for "</title><img src=x onerror=alert(1)>".' }],
  }),
  sampleVm('app1', { verdict: 'at-risk', failing: ['policy-retention-minimum'], findings: [tooShort] }),
  withoutItem('lab1', {
    verdict: 'exempt',
    exemption: { origin: 'register', name: 'ex-1', until: '2026-12-31T00:00:00.000Z', reason: 'Rebuilt every night' },
  }),
  withoutItem('hid\u202eden\u0000', {
    verdict: 'undetermined',
    owner: '@SUM(1+1)',
    unknown: ['network-nsg-outbound'],
    findings: [networkUnknown],
  }),
];

const exemption: ReportedExemption = {
  exemptionId: 'ex-1',
  scope: `/subscriptions/${subscriptionId}/resourceGroups/rg-lab`,
  owner: 'lab@example.com',
  reason: 'Rebuilt every night',
  ticket: 'CHG-7',
  category: 'mitigated',
  until: '2026-12-31T00:00:00.000Z',
  state: 'valid',
  revision: 1,
  createdAt: '2026-10-01T00:00:00.000Z',
  createdBy: 'lab@example.com',
  changedAt: '2026-10-01T00:00:00.000Z',
  changedBy: 'lab@example.com',
};

/** The head of a report after a sweep that could not read everything. */
export const incompleteHead: ReportHead = {
  scope: 'everything in scope',
  filters: {},
  madeAt: '2026-11-20T08:00:00.000Z',
  completeness: {
    runId: '20261120t0600-a',
    state: 'incomplete',
    complete: false,
    startedAt: '2026-11-20T06:00:00.000Z',
    finishedAt: '2026-11-20T06:10:00.000Z',
    ageHours: 1.83,
    subscriptionsExpected: 3,
    subscriptionsRead: 2,
    shards: 2,
    shardsDone: 2,
    vmsExpected: 8,
    vms: 6,
    reads: { throttles: 4, retries: 1, waitedMs: 250 },
    looks: { made: 2, left: 0 },
    rulesUnknown: { 'network-nsg-outbound': 2 },
    gaps: [{ what: 'subscription 9', cause: 'no-permission', detail: 'The subscription may not be read.' }],
  },
  exemptions: [exemption],
  ruleTitles: { 'health-protected': 'A backup item protects the VM' },
};

/** The same after a sweep that has read everything. */
export const completeHead: ReportHead = {
  ...incompleteHead,
  completeness: {
    ...incompleteHead.completeness,
    state: 'complete',
    complete: true,
    subscriptionsRead: 3,
    vms: 8,
    rulesUnknown: {},
    gaps: [],
  },
};

/** A source of given VMs. */
export function sourceOf(vms: readonly ReportedVm[] = sampleVms, head: ReportHead = incompleteHead): ReportSource {
  return {
    head,
    async *vms(verdict) {
      yield* verdict === undefined ? vms : vms.filter((vm) => vm.verdict === verdict);
    },
  };
}

/** A report as one text. */
export async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  return (await Array.fromAsync(chunks)).join('');
}
