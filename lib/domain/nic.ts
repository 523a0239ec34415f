import type { UnknownBecause } from './fact.ts';
import type { ArmId } from './ids.ts';

/** A network interface of a VM, as far as a restore has to recreate it. */
export interface Nic {
  readonly key: ArmId;
  readonly name: string;
  readonly resourceGroup: string;
  readonly ipConfigurations: readonly IpConfiguration[];
}

/** One address of a network interface. */
export interface IpConfiguration {
  readonly name: string;
  readonly privateAddress?: string;
  /** `Static` or `Dynamic`. */
  readonly allocation?: string;
  readonly publicIp?: PublicIp;
  /** Backend pools and NAT rules of load balancers and application gateways that it belongs to. */
  readonly pools: readonly ArmId[];
}

/** A public address; `allocation` is absent where the resource could not be read. */
export interface PublicIp {
  readonly key: ArmId;
  readonly allocation?: string;
}

/** The network interfaces of a VM; `gap` says why one that the VM names is not among them. */
export interface NicInventory {
  /** How many the VM names. */
  readonly count: number;
  readonly nics: readonly Nic[];
  readonly gap?: UnknownBecause;
}
