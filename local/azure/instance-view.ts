import type { EstateResource } from '../estates/estate.ts';

/** How long, in the estate's time, a new VM needs until its guest agent reports. */
export const agentStartMs = 5000;

/**
 * What Azure knows of a VM at run time. An estate writes it down; a VM without it runs, and its agent reports from
 * `agentStartMs` after its creation on, until when Azure shows an agent that is not ready.
 */
export function instanceViewOf(vm: EstateResource, now: Date): Readonly<Record<string, unknown>> {
  if (vm.instanceView !== undefined) return vm.instanceView;
  const createdAt = String(vm.properties['timeCreated'] ?? now.toISOString());
  const statuses = [
    { ...succeeded, displayStatus: 'Provisioning succeeded', time: createdAt },
    { code: 'PowerState/running', level: 'Info', displayStatus: 'VM running' },
  ];
  if (now.getTime() - Date.parse(createdAt) < agentStartMs) return { vmAgent: silentAgent(now), statuses };
  return { computerName: vm.name, ...guestOf(vm), vmAgent: readyAgent(now), hyperVGeneration: 'V2', statuses };
}

/** True when the guest has had the time to report; a view written down in an estate is complete. */
export function hasReported(vm: EstateResource, now: Date): boolean {
  return 'osName' in instanceViewOf(vm, now) || vm.instanceView !== undefined;
}

const succeeded = { code: 'ProvisioningState/succeeded', level: 'Info' } as const;

function silentAgent(now: Date): unknown {
  const message = 'VM status blob is found but not yet populated.';
  const code = 'ProvisioningState/Unavailable';
  const status = { code, level: 'Warning', displayStatus: 'Not Ready', message, time: now.toISOString() };
  return { vmAgentVersion: 'Unknown', statuses: [status] };
}

function readyAgent(now: Date): unknown {
  const status = { ...succeeded, displayStatus: 'Ready', message: 'Guest Agent is running', time: now.toISOString() };
  return { vmAgentVersion: '2.14.0.1', statuses: [status], extensionHandlers: [] };
}

function guestOf(vm: EstateResource): { osName: string; osVersion: string } {
  return /"osType":"Windows"/i.test(JSON.stringify(vm.properties['storageProfile'] ?? {}))
    ? { osName: 'Windows Server 2022 Datacenter', osVersion: '10.0.20348.2700' }
    : { osName: 'ubuntu', osVersion: '24.04' };
}
