import { armId, caseNoise } from './arm-ids.ts';
import type { EstateResource } from './estate.ts';
import type { MachinePlan } from './machine-plan.ts';
import type { Random } from './random.ts';

/** The network interfaces of a VM, the primary one first. */
export function nicsOf(plan: MachinePlan, vmId: string, random: Random): EstateResource[] {
  const names = plan.hasSecondNic ? [`${plan.name}-nic`, `${plan.name}-nic-2`] : [`${plan.name}-nic`];
  return names.map((name, index) => nicBody({ plan, vmId, name, isPrimary: index === 0 }, random));
}

type NicPlan = {
  readonly plan: MachinePlan;
  readonly vmId: string;
  readonly name: string;
  readonly isPrimary: boolean;
};

function nicBody({ plan, vmId, name, isPrimary }: NicPlan, random: Random): EstateResource {
  const type = 'Microsoft.Network/networkInterfaces';
  const id = armId(plan.place.subscription.subscriptionId, plan.group, type, name);
  const { subnetId, privateIPAddress, nsgId } = plan.place.network.attach(random, plan.nicWish);
  return {
    id,
    name,
    type,
    location: plan.place.region.name,
    properties: {
      provisioningState: 'Succeeded',
      resourceGuid: random.guid(),
      ipConfigurations: [
        {
          name: 'ipconfig1',
          id: `${id}/ipConfigurations/ipconfig1`,
          type: `${type}/ipConfigurations`,
          properties: {
            provisioningState: 'Succeeded',
            privateIPAddress,
            privateIPAllocationMethod: 'Dynamic',
            subnet: { id: subnetId },
            primary: true,
            privateIPAddressVersion: 'IPv4',
          },
        },
      ],
      dnsSettings: { dnsServers: [], appliedDnsServers: [] },
      enableAcceleratedNetworking: false,
      enableIPForwarding: false,
      primary: isPrimary,
      ...(nsgId && { networkSecurityGroup: { id: nsgId } }),
      virtualMachine: { id: caseNoise(vmId, random) },
      nicType: 'Standard',
    },
  };
}
