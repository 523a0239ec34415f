import { armId } from './arm-ids.ts';
import { at, type Bodies, first, put } from './bodies.ts';
import type { EstateResource } from './estate.ts';
import { reinstall } from './guest.ts';
import { windowsImages } from './images.ts';
import type { MachinePlan } from './machine-plan.ts';
import { type Plant, plant } from './plants.ts';
import { leavesOpen, notes } from './truth.ts';

const restore = { touches: ['restore'] } as const;
const ipConfiguration = 'properties.ipConfigurations.0.properties';

type Properties = EstateResource['properties'];

/** A resource in the group of the VM. */
function besides(plan: MachinePlan, type: string, name: string, rest: object, properties: Properties): EstateResource {
  const { subscription, region } = plan.place;
  const id = armId(subscription.subscriptionId, plan.group, type, name);
  return { id, name, type, location: region.name, tags: {}, ...rest, properties };
}

function address(plan: MachinePlan, suffix: string, publicIPAllocationMethod: 'Static' | 'Dynamic'): EstateResource {
  const properties = { provisioningState: 'Succeeded', publicIPAddressVersion: 'IPv4', publicIPAllocationMethod };
  const sku = { sku: { name: publicIPAllocationMethod === 'Static' ? 'Standard' : 'Basic', tier: 'Regional' } };
  return besides(plan, 'Microsoft.Network/publicIPAddresses', `${plan.name}-pip${suffix}`, sku, properties);
}

/** Puts the primary NIC into the backend pool of a load balancer of its own. */
function balance(plan: MachinePlan, { nics, others }: Bodies): void {
  const type = 'Microsoft.Network/loadBalancers';
  const name = `${plan.name}-lb`;
  const id = armId(plan.place.subscription.subscriptionId, plan.group, type, name);
  const poolId = `${id}/backendAddressPools/pool`;
  const frontend = { name: 'internal', properties: { privateIPAddress: '10.200.0.9' } };
  const backendAddressPools = [{ id: poolId, name: 'pool', properties: { provisioningState: 'Succeeded' } }];
  const properties = { provisioningState: 'Succeeded', frontendIPConfigurations: [frontend], backendAddressPools };
  others.push(besides(plan, type, name, { sku: { name: 'Standard', tier: 'Regional' } }, properties));
  put(first(nics), `${ipConfiguration}.loadBalancerBackendAddressPools`, [{ id: poolId }]);
}

/**
 * In the backend pool of a load balancer, which a restore does not build again. To those who need the network it matters
 * besides: whether such a VM has a way out is said differently in different places.
 */
export const loadBalanced = plant(
  'behind a load balancer',
  { touches: ['restore', 'network'], signs: [notes('restore-load-balancer')] },
  (plan) => {
    plan.edits.push((bodies) => balance(plan, bodies));
  },
);

/** A second address on a NIC, in the same subnet. */
function addConfiguration(nic: EstateResource): void {
  const name = 'ipconfig2';
  const subnet = at(nic, `${ipConfiguration}.subnet`);
  const address = { privateIPAddress: '10.200.0.8', privateIPAllocationMethod: 'Dynamic', subnet };
  const properties = { provisioningState: 'Succeeded', ...address, primary: false, privateIPAddressVersion: 'IPv4' };
  const type = 'Microsoft.Network/networkInterfaces/ipConfigurations';
  put(nic, 'properties.ipConfigurations.1', { name, id: `${nic.id}/ipConfigurations/${name}`, type, properties });
}

const severalAddresses = plant(
  'two addresses on one NIC',
  { ...restore, signs: [notes('restore-multiple-ip')] },
  (plan) => {
    plan.edits.push(({ nics }) => addConfiguration(first(nics)));
  },
);

/** One public address that may change: nothing to note. */
const dynamicAddress = plant('decoy: one public address, dynamic', restore, (plan) => {
  plan.edits.push(({ nics, others }) => {
    const added = address(plan, '', 'Dynamic');
    others.push(added);
    put(first(nics), `${ipConfiguration}.publicIPAddress`, { id: added.id });
  });
});

/** One configuration passes by the decision, while the statement speaks of static public addresses. */
const staticPublicAddress = plant(
  'one public address, static',
  { ...restore, signs: [leavesOpen('restore-multiple-ip')] },
  (plan) => {
    plan.edits.push(({ nics, others }) => {
      const added = address(plan, '', 'Static');
      others.push(added);
      put(first(nics), `${ipConfiguration}.publicIPAddress`, { id: added.id });
    });
  },
);

/** Has a fixed address in its network. */
export const staticAddress = plant(
  'fixed private address',
  { ...restore, signs: [notes('restore-static-ip')] },
  (plan) => {
    plan.edits.push(({ nics }) => put(first(nics), `${ipConfiguration}.privateIPAllocationMethod`, 'Static'));
  },
);

const twoNics = plant('two NICs', restore, (plan) => {
  plan.hasSecondNic = true;
});

/** A domain controller, says its tag. */
export const domainController = plant(
  'domain controller',
  { touches: ['restore', 'guest'], signs: [notes('restore-domain-controller')] },
  (plan, garden) => {
    reinstall(plan, garden.random.weighted(windowsImages.filter(([, { generation }]) => generation === 'V1')), garden);
    plan.tags[garden.random.pick(['role', 'Role'])] = 'domain-controller';
  },
);

const otherRole = plant('decoy: a role that is not that of a domain controller', restore, (plan) => {
  plan.tags['role'] = 'domain-joined';
});

const placement = { ...restore, signs: [notes('restore-placement')] };

/** Stands in an availability set, into which no restore puts it back. */
export const inAvailabilitySet = plant(
  'in an availability set',
  { ...placement, touches: ['restore', 'model'] },
  (plan) => {
    plan.zone = null;
    plan.edits.push(({ vm, others }) => {
      const type = 'Microsoft.Compute/availabilitySets';
      const properties = { platformFaultDomainCount: 2, platformUpdateDomainCount: 5 };
      const set = besides(plan, type, `${plan.name}-avset`, { sku: { name: 'Aligned' } }, properties);
      others.push(set);
      put(vm, 'properties.availabilitySet', { id: set.id });
    });
  },
);

const onDedicatedHost = plant('on a dedicated host', { ...placement, touches: ['restore', 'model'] }, (plan) => {
  plan.edits.push(({ vm, others }) => {
    const type = 'Microsoft.Compute/hostGroups';
    const hostGroup = besides(plan, type, `${plan.name}-hosts`, {}, { platformFaultDomainCount: 1 });
    const host = {
      ...besides(plan, type, 'host1', { sku: { name: 'DSv5-Type1' } }, { provisioningState: 'Succeeded' }),
      id: `${hostGroup.id}/hosts/host1`,
      type: `${type}/hosts`,
    };
    others.push(hostGroup, host);
    put(vm, 'properties.host', { id: host.id });
  });
});

const dataElsewhere = plant(
  'its data lies on a network share, says its tag',
  { ...restore, signs: [notes('guest-storage-layout')] },
  (plan) => {
    plan.tags['backstop:data-location'] = 'network';
  },
);

const dataHere = plant('decoy: its data lies on its own disks, says its tag', restore, (plan) => {
  plan.tags['backstop:data-location'] = 'local';
});

/** Everything that matters when a VM is restored. */
export const restorePlants: readonly Plant[] = [
  loadBalanced,
  severalAddresses,
  dynamicAddress,
  staticPublicAddress,
  staticAddress,
  twoNics,
  domainController,
  otherRole,
  inAvailabilitySet,
  onDedicatedHost,
  dataElsewhere,
  dataHere,
];
