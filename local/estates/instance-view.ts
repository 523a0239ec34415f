import { day, hour, instant, minute } from './instants.ts';
import type { MachinePlan } from './machine-plan.ts';
import type { Random } from './random.ts';

const agentMessages = {
  Ready: { Linux: 'Guest Agent is running', Windows: 'GuestAgent is running and processing the extensions.' },
  'Not Ready': {
    Linux: 'Linux Agent has stopped reporting heartbeats.',
    Windows: "VM status blob is found but not yet populated. The VM agent hasn't reported for a while.",
  },
} as const;

/** The instance view: power state always, operating system and agent only while the VM runs and the agent reports. */
export function instanceView(plan: MachinePlan, now: number, random: Random) {
  return {
    ...(plan.power === 'running' && guestView(plan, now, random)),
    disks: [],
    extensions: [],
    hyperVGeneration: plan.image.generation,
    statuses: [
      {
        code: 'ProvisioningState/succeeded',
        level: 'Info',
        displayStatus: 'Provisioning succeeded',
        time: instant(Math.max(plan.createdAt, now - (1 + random.int(40)) * day - random.int(24) * hour)),
      },
      { code: `PowerState/${plan.power}`, level: 'Info', displayStatus: `VM ${plan.power}` },
    ],
  };
}

function guestView({ image, name, agent }: MachinePlan, now: number, random: Random) {
  if (!agent) return {};
  const isReady = agent.status === 'Ready';
  const status = {
    code: isReady ? 'ProvisioningState/succeeded' : 'ProvisioningState/Unavailable',
    level: isReady ? 'Info' : 'Warning',
    displayStatus: agent.status,
    message: agentMessages[agent.status][image.osType],
    time: instant(now - (1 + random.int(8)) * minute),
  };
  return {
    computerName: name.slice(0, 15),
    osName: image.osName,
    osVersion: image.osVersion,
    vmAgent: { vmAgentVersion: agent.version, statuses: [status], extensionHandlers: [] },
  };
}
