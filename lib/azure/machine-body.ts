import * as z from 'zod';

import { type Fact, known, type Source, unknown } from '../domain/fact.ts';
import { armId, parseVmId, region } from '../domain/ids.ts';
import type { AgentReport, Disk, GuestOs, Image, Machine, Plan, PowerState, Tags } from '../domain/machine.ts';
import type { Interfaces, MachineFacts } from '../use-cases/ports.ts';
import { count, flag, part, pointer, present, text, texts } from './lenient.ts';
import { malformed } from './unknown.ts';

/** A resource that manages the VM; a word that is no id names nobody, and excuses nothing. */
const owner = z.string().startsWith('/').optional().catch(undefined);

const DiskBody = z.object({
  name: text,
  lun: count,
  diskSizeGB: count,
  writeAcceleratorEnabled: flag,
  managedDisk: part({
    id: text,
    storageAccountType: text,
    securityProfile: part({ securityEncryptionType: text }),
  }),
  diffDiskSettings: part({ option: text }),
  // Not read leniently: with its reference unread an unmanaged disk would pass for a managed one.
  vhd: z.object({ uri: z.string().min(1) }).nullish(),
});
type DiskBody = z.infer<typeof DiskBody>;

const ImageBody = z.object({ publisher: text, offer: text, sku: text, id: text });
const AgentConfiguration = part({ provisionVMAgent: flag });
/** Not read leniently: an interface that makes no sense is not one that is missing. */
const NetworkProfile = z.looseObject({
  networkInterfaces: z.array(z.looseObject({ id: z.string().min(1), properties: part({ primary: flag }) })),
});

const Status = z.object({ code: text, displayStatus: text, message: text, time: text });
const Statuses = z.array(Status).optional().catch(undefined);
/** Not read leniently: an agent section that makes no sense is not one that is missing. */
const Agent = z.object({ vmAgentVersion: text, statuses: z.array(Status.extend({ code: z.string() })).nullish() });

const InstanceView = z.object({
  osName: text,
  osVersion: text,
  statuses: Statuses,
  vmAgent: z.unknown().optional(),
});

/** The parts of a VM body that are read, in the shape of ARM; Resource Graph rows are brought into it first. */
const MachineBody = z.object({
  id: z.string(),
  location: z.string(),
  tenantId: text,
  managedBy: owner,
  tags: z.unknown().optional(),
  zones: texts,
  plan: part({ name: text, publisher: text, product: text }),
  extendedLocation: part({ type: text, name: text }),
  properties: z.object({
    vmId: text,
    timeCreated: text,
    provisioningState: text,
    hardwareProfile: part({ vmSize: text }),
    priority: text,
    evictionPolicy: text,
    availabilitySet: pointer,
    virtualMachineScaleSet: pointer,
    host: pointer,
    hostGroup: pointer,
    networkProfile: z.unknown().optional(),
    storageProfile: z
      .looseObject({
        osDisk: DiskBody.extend({ osType: text }).optional().catch(undefined),
        dataDisks: z.array(DiskBody).optional().catch(undefined),
        imageReference: ImageBody.optional().catch(undefined),
      })
      .optional()
      .catch(undefined),
    osProfile: z
      .looseObject({
        windowsConfiguration: AgentConfiguration,
        linuxConfiguration: AgentConfiguration,
        allowExtensionOperations: flag,
      })
      .optional()
      .catch(undefined),
    securityProfile: z.object({ securityType: text }).optional().catch(undefined),
    instanceView: InstanceView.optional().catch(undefined),
  }),
});
type MachineBody = z.infer<typeof MachineBody>;

/** What of the run-time state a read can show. */
export interface RunTimeReading {
  /** Power state without its prefix; absent where the read does not tell. */
  readonly power?: string | undefined;
  readonly osName?: string | undefined;
  readonly osVersion?: string | undefined;
}

function osTypeOf(osType: string | undefined): 'Windows' | 'Linux' | undefined {
  const lower = osType?.toLowerCase();
  if (lower === 'windows') {
    return 'Windows';
  }
  return lower === 'linux' ? 'Linux' : undefined;
}

function idOf(reference: { readonly id?: string | undefined } | undefined) {
  return reference?.id ? armId(reference.id) : undefined;
}

/** Where the VM is placed, and under which conditions it runs. */
function placementOf({ plan, extendedLocation, properties }: MachineBody): Partial<Machine> {
  const { availabilitySet, virtualMachineScaleSet, host, hostGroup } = properties;
  const isEdge = extendedLocation?.type?.toLowerCase() === 'edgezone';
  return present<Partial<Machine>>({
    vmSize: properties.hardwareProfile?.vmSize,
    priority: properties.priority,
    evictionPolicy: properties.evictionPolicy,
    extendedZone: isEdge ? extendedLocation.name : undefined,
    availabilitySetId: idOf(availabilitySet),
    scaleSetId: idOf(virtualMachineScaleSet),
    hostId: idOf(host),
    hostGroupId: idOf(hostGroup),
    plan: plan?.name || plan?.publisher || plan?.product ? planOf(plan) : undefined,
  });
}

function planOf({ name, publisher, product }: NonNullable<MachineBody['plan']>): Plan {
  return present<Plan>({ name, publisher, product });
}

function machineOf(body: MachineBody): Machine | undefined {
  const { id, location, tenantId, managedBy, zones, properties } = body;
  const address = parseVmId(id);
  if (!address) {
    return undefined;
  }
  const { storageProfile, osProfile, securityProfile } = properties;
  const { windowsConfiguration, linuxConfiguration } = osProfile ?? {};
  const image = storageProfile?.imageReference;
  return {
    ...address,
    tenantId: tenantId ?? '',
    region: region(location),
    vmId: properties.vmId ?? '',
    zones,
    ...placementOf(body),
    ...present<Partial<Machine>>({
      timeCreated: properties.timeCreated,
      provisioningState: properties.provisioningState,
      confidentialEncryption: storageProfile?.osDisk?.managedDisk?.securityProfile?.securityEncryptionType,
      managedBy,
      osType: osTypeOf(storageProfile?.osDisk?.osType),
      image: image ? imageOf(image) : undefined,
      securityType: securityProfile?.securityType,
      allowExtensionOperations: osProfile?.allowExtensionOperations,
      provisionVmAgent: windowsConfiguration?.provisionVMAgent ?? linuxConfiguration?.provisionVMAgent,
    }),
  };
}

function imageOf({ publisher, offer, sku, id }: z.infer<typeof ImageBody>): Image {
  return present<Image>({ publisher, offer, sku, id });
}

function disksOf({ properties }: MachineBody, source: Source): Fact<readonly Disk[]> {
  const { osDisk, dataDisks } = properties.storageProfile ?? {};
  if (!osDisk || !dataDisks) {
    return malformed('The storage profile of the VM');
  }
  return known([diskOf('os', osDisk), ...dataDisks.map((each) => diskOf('data', each))], source);
}

function diskOf(role: Disk['role'], body: DiskBody): Disk {
  return {
    name: body.name ?? '(unnamed)',
    role,
    unmanaged: Boolean(body.vhd),
    ...present<Partial<Disk>>({
      lun: role === 'data' ? body.lun : undefined,
      id: idOf(body.managedDisk),
      sizeGiB: body.diskSizeGB,
      storageType: body.managedDisk?.storageAccountType,
      writeAccelerator: body.writeAcceleratorEnabled,
      ephemeral: body.diffDiskSettings?.option?.toLowerCase() === 'local' ? true : undefined,
    }),
  };
}

const noScaleSet = { properties: {} };

/** The interfaces that the VM names, and what the network rules read of its row. */
function interfacesOf({ id, properties }: MachineBody, source: Source): Fact<Interfaces> {
  const { networkProfile, virtualMachineScaleSet } = properties;
  const profile = NetworkProfile.safeParse(networkProfile);
  if (!profile.success) {
    return malformed('The network profile of the VM');
  }
  const { networkInterfaces } = profile.data;
  const row = { id, properties: { networkProfile: { networkInterfaces }, virtualMachineScaleSet } };
  const primary = networkInterfaces.find((each) => each.properties?.primary);
  const ids = networkInterfaces.map((each) => armId(each.id));
  const rowAside = virtualMachineScaleSet ? { properties: { virtualMachineScaleSet } } : noScaleSet;
  return known({ ids, row, rowAside, ...(primary ? { primary: armId(primary.id) } : {}) }, source);
}

const TagsOfVm = z.record(z.string(), z.string()).nullish();

function tagsOf(body: MachineBody, source: Source): Fact<Tags> {
  // Azure leaves `tags` out of a VM that has none.
  const tags = TagsOfVm.safeParse(body.tags);
  return tags.success ? known(tags.data ?? {}, source) : malformed('The tags of the VM');
}

function guestOsOf(machine: Machine, reading: RunTimeReading): GuestOs {
  return present<GuestOs>({
    type: machine.osType,
    name: reading.osName,
    version: reading.osVersion,
    image: machine.image,
  });
}

function powerOf(reading: RunTimeReading, source: Source): Fact<PowerState> {
  return reading.power
    ? known(reading.power, source)
    : unknown('not-reported', 'Azure reports no power state of the VM.');
}

/** The agent of a VM that does not run reports nothing, whatever was read: that is its own cause. */
export function agentUnlessStopped(power: Fact<PowerState>, agent: Fact<AgentReport>): Fact<AgentReport> {
  if (power.kind === 'unknown' || power.value === 'running') {
    return agent;
  }
  return power.value === 'starting'
    ? unknown('in-transition', 'The VM is starting; its agent does not report yet.')
    : unknown('vm-not-running', `The VM is ${power.value}; its agent does not report.`);
}

function assemble(
  body: MachineBody,
  reading: RunTimeReading,
  agent: Fact<AgentReport>,
  source: Source,
): MachineFacts | undefined {
  const machine = machineOf(body);
  if (!machine) {
    return undefined;
  }
  const power = powerOf(reading, source);
  return {
    vm: { kind: 'known', value: machine, source },
    tags: tagsOf(body, source),
    disks: disksOf(body, source),
    interfaces: interfacesOf(body, source),
    guestOs: known(guestOsOf(machine, reading), source),
    power,
    agent: agentUnlessStopped(power, agent),
  };
}

function powerStateOf(statuses: z.infer<typeof Statuses>): string | undefined {
  const code = statuses?.find((status) => /^powerstate\//i.test(status.code ?? ''))?.code;
  return code?.slice('PowerState/'.length).toLowerCase();
}

const longestMessage = 1000;

function agentReportOf({ vmAgent }: z.infer<typeof InstanceView>, source: Source): Fact<AgentReport> {
  const agent = Agent.nullish().safeParse(vmAgent);
  if (!agent.success) {
    return malformed('The agent section of the instance view');
  }
  const statuses = agent.data?.statuses ?? [];
  const status = statuses.find((each) => /^provisioningstate\//i.test(each.code)) ?? statuses[0];
  const report = present<AgentReport>({
    version: agent.data?.vmAgentVersion,
    statusCode: status?.code,
    displayStatus: status?.displayStatus,
    // Guests write what they like.
    message: status?.message?.slice(0, longestMessage),
    time: status?.time,
  });
  return known(report, source);
}

/** Reads a VM body of ARM with its instance view; `undefined` if it is no VM. `tenantId` is not in the body. */
export function readMachineBody(
  raw: unknown,
  tenantId: string,
  source: Source,
  refusedView?: Extract<Fact<never>, { kind: 'unknown' }>,
): MachineFacts | undefined {
  const parsed = MachineBody.safeParse(raw);
  if (!parsed.success) {
    return undefined;
  }
  const body = { ...parsed.data, tenantId: parsed.data.tenantId ?? tenantId };
  const view = body.properties.instanceView;
  if (refusedView) {
    const facts = assemble(body, {}, refusedView, source);
    return facts && { ...facts, power: refusedView };
  }
  if (!view) {
    return assemble(body, {}, malformed('The instance view of the VM'), source);
  }
  const { osName, osVersion } = view;
  const reading = { power: powerStateOf(view.statuses), osName, osVersion };
  return assemble(body, reading, agentReportOf(view, source), source);
}

/** Columns of the query `vms` that are not in the shape of ARM; the others are kept as they are. */
const GraphRow = z.looseObject({
  id: z.string(),
  location: z.string(),
  tenantId: text,
  managedBy: owner,
  vmId: text,
  vmSize: text,
  networkInterfaces: z.unknown().optional(),
  osDisk: z.unknown().optional(),
  dataDisks: z.unknown().optional(),
  imageReference: z.unknown().optional(),
  osProfile: z.unknown().optional(),
  hasOsProfile: flag,
  securityType: text,
  powerState: text,
  osName: text,
  osVersion: text,
});

/** Reads a row of the query `vms`; `undefined` if it is no VM. The agent is not in Resource Graph (unconfirmed). */
export function readMachineRow(raw: unknown, source: Source): MachineFacts | undefined {
  const row = GraphRow.safeParse(raw);
  if (!row.success) {
    return undefined;
  }
  const { osDisk, dataDisks, imageReference, osProfile, hasOsProfile, ...columns } = row.data;
  const { vmSize, networkInterfaces, securityType, powerState, osName, osVersion } = columns;
  const body = MachineBody.safeParse({
    ...columns,
    properties: {
      ...columns,
      hardwareProfile: { vmSize },
      networkProfile: { networkInterfaces },
      storageProfile: { osDisk, dataDisks, imageReference },
      ...(hasOsProfile === false ? {} : { osProfile }),
      securityProfile: { securityType },
    },
  });
  if (!body.success) {
    return undefined;
  }
  const power = powerState?.replace(/^powerstate\//i, '').toLowerCase();
  const agent = unknown(
    'not-reported',
    'Bulk reads do not show the agent; it is read on events, on request, and where a VM asks for action.',
  );
  return assemble(body.data, { power, osName, osVersion }, agent, source);
}
