import { type Confirmation, hostConfirmation, validConfirmation } from '../domain/confirmation.ts';
import { type Fact, known, unknown } from '../domain/fact.ts';
import { type ArmId, armId, subscriptionOf } from '../domain/ids.ts';
import { tagValue } from '../domain/machine.ts';
import type { JudgedHostVm, ServerHost } from '../domain/server-host.ts';
import type { ServerSheet } from '../domain/server-sheet.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { isWord } from '../domain/word.ts';
import type { HostCandidate } from './judged-server.ts';
import type { Ports } from './ports.ts';
import type { HostMachine } from './server-ports.ts';
import { vmKeyOf } from './vm-key.ts';

/** The facts about the machine of a server. */
export type HostFacts = Pick<ServerSheet, 'host' | 'hostVm'>;

type HostPorts = Pick<Ports, 'arm' | 'evaluations'>;

/** Computer names under which the VM of a host may go: all of its name, and the first label (Windows keeps 15 letters). */
export function computerNamesOf(hostName: string): readonly string[] {
  const name = hostName.toLowerCase();
  const label = name.split('.')[0] ?? name;
  return [...new Set([name, label, label.slice(0, 15)])];
}

/** VMs that bear the name of a host: a hint, and no more. */
export function candidatesFor(hostName: string, machines: Fact<readonly HostMachine[]>): readonly HostCandidate[] {
  const names = computerNamesOf(hostName);
  const all = machines.kind === 'known' ? machines.value : [];
  return all
    .filter(({ computerName }) => computerName !== '' && names.includes(computerName))
    .map(({ vmId, name }) => ({ vmId, name }))
    .toSorted((a, b) => a.vmId.localeCompare(b.vmId));
}

function notTold(hostName: string, candidates: readonly HostCandidate[]): Fact<never> {
  const why = `Azure does not say on which machine ${hostName} runs`;
  const hint =
    candidates.length > 0
      ? `it may be VM ${candidates.map(({ name }) => name).join(' or ')}, by its name alone`
      : 'no VM that can be seen bears its name';
  return unknown('not-exposed', `${why}; ${hint}. Its owner can confirm the host.`);
}

/** The role that a tag of the VM describes, in the words of the rules. */
function rolesOf({ tags }: HostMachine, settings: JudgementSettings): Pick<ServerHost, 'roles'> {
  const { domainControllerTagName: name, domainControllerTagValue: controller } = settings;
  const value = name ? tagValue(tags, name) : undefined;
  return value === undefined ? {} : { roles: [isWord(value, controller) ? 'domain-controller' : value] };
}

/** Cores and memory of a size; absent where Azure's list of sizes does not tell them. */
export async function sizeFacts(
  { arm }: Pick<Ports, 'arm'>,
  { subscriptionId, region, vmSize }: Pick<HostMachine, 'subscriptionId' | 'region' | 'vmSize'>,
): Promise<Pick<ServerHost, 'vmSize' | 'cores' | 'memoryGiB'>> {
  if (vmSize === undefined) {
    return {};
  }
  const sizes = await arm.vmSizesIn(subscriptionId, region);
  const { vCpus, memoryGiB } = (sizes.kind === 'known' && sizes.value.get(vmSize.toLowerCase())) || {};
  return {
    vmSize,
    ...(vCpus === undefined ? {} : { cores: vCpus }),
    ...(memoryGiB === undefined ? {} : { memoryGiB }),
  };
}

/** What a VM shows of itself as a host. */
async function hostOf(ports: HostPorts, machine: HostMachine, settings: JudgementSettings): Promise<ServerHost> {
  const { vmId, os, isServerCore, joinsDomain } = machine;
  return {
    where: 'azure',
    vmId,
    ...(await sizeFacts(ports, machine)),
    ...(os === undefined ? {} : { os }),
    ...(isServerCore === undefined ? {} : { isServerCore }),
    ...rolesOf(machine, settings),
    // Without the extension it may have been joined by hand.
    ...(joinsDomain ? { isDomainJoined: true } : {}),
  };
}

const networkCategory = 'network';

/** What Backstop last said of the VM of a server. */
export async function judgedHostVm(
  { evaluations }: Pick<Ports, 'evaluations'>,
  vmId: string,
): Promise<Fact<JudgedHostVm>> {
  const key: ArmId = armId(vmId);
  const row = (await evaluations.find(subscriptionOf(key) ?? '', vmKeyOf(key)))?.value;
  if (!row || row.goneAt) {
    return unknown('partial-inventory', `Backstop has not judged VM ${vmId}, or it is gone.`);
  }
  const { name, verdict, findings, evidenceAt } = row;
  const failures = findings.filter(({ outcome, category }) => outcome === 'fail' && category === networkCategory);
  const networkFailures = failures.map(({ message }) => message);
  return known({ vmId: row.vmId, name, verdict, networkFailures }, { where: 'Backstop', readAt: evidenceAt });
}

/** The host that an owner's word names at an instant: an ARM id of a VM, `on-premises`, or nothing. */
export function namedHost(confirmations: readonly Confirmation[], now: Date): Confirmation | undefined {
  return validConfirmation(confirmations, hostConfirmation, now);
}

/** The facts about the machine of a server, by the word of its owner: a name proves nothing. */
export async function hostFactsOf(
  ports: HostPorts,
  hostName: string,
  {
    machines,
    named,
    settings,
  }: {
    readonly machines: Fact<readonly HostMachine[]>;
    readonly named: Confirmation | undefined;
    readonly settings: JudgementSettings;
  },
): Promise<HostFacts> {
  if (named?.host === undefined) {
    const because = notTold(hostName, candidatesFor(hostName, machines));
    return { host: because, hostVm: because };
  }
  if (named.host === 'on-premises') {
    const source = { where: `confirmed by ${named.by}`, readAt: named.at };
    return { host: known({ where: 'on-premises' }, source), hostVm: known('none', source) };
  }
  const hostVm = await judgedHostVm(ports, named.host);
  if (machines.kind === 'unknown') {
    return { host: machines, hostVm };
  }
  const wanted = armId(named.host);
  const machine = machines.value.find(({ vmId }) => armId(vmId) === wanted);
  return {
    hostVm,
    host: machine
      ? known(await hostOf(ports, machine, settings), machines.source)
      : unknown(
          'partial-inventory',
          `VM ${named.host}, which ${named.by} named as the host, is not there or may not be read.`,
        ),
  };
}
