import type { BackupEngine, ServerItem } from '../domain/backup-engine.ts';
import type { Confirmation } from '../domain/confirmation.ts';
import type { Fact } from '../domain/fact.ts';
import type { Tags } from '../domain/machine.ts';
import type { JudgedServer, ServerChange, ServerSurvey } from './judged-server.ts';
import type { Stored } from './ports.ts';

/** The backup servers that a vault shows; `gone`: there is no such vault any more. */
export type EnginesReading = Fact<readonly BackupEngine[]> | { readonly kind: 'gone' };

/** A VM that may be, or is, the host of a backup server. */
export interface HostMachine {
  readonly vmId: string;
  readonly name: string;
  readonly subscriptionId: string;
  readonly region: string;
  /** Lower-cased; empty where the VM has no OS profile. */
  readonly computerName: string;
  readonly tags: Tags;
  readonly vmSize?: string;
  readonly os?: string;
  readonly isServerCore?: boolean;
  /** Whether an extension is there that joins a domain: a hint. */
  readonly joinsDomain: boolean;
}

/** Which VMs are wanted: those of a computer name, and those of an ARM id. */
export interface WantedMachines {
  readonly computerNames: readonly string[];
  readonly vmIds: readonly string[];
}

/** Reads of backup servers: one call per vault, none per server. */
export interface ServerReads {
  /** By the ARM id of a vault. */
  enginesIn(vaultId: string): Promise<EnginesReading>;
  /** Items of all servers of one product in a vault. */
  itemsIn(vaultId: string, product: 'mabs' | 'dpm'): Promise<Fact<readonly ServerItem[]>>;
  /** VMs that servers may run on, in one query for all of them. */
  machines(wanted: WantedMachines): Promise<Fact<readonly HostMachine[]>>;
}

/** Backup servers as they were judged last, the words of their owners, and how the last survey went. */
export interface Servers {
  /** All servers, also those that are gone. */
  all(): Promise<readonly Stored<JudgedServer>[]>;
  find(serverKey: string): Promise<Stored<JudgedServer> | undefined>;
  /** Writes a server under its version, with the change that it is, if it is one; false if somebody else was first. */
  write(server: Stored<JudgedServer>, change?: ServerChange): Promise<boolean>;
  /** The newest changes of a server. */
  changesOf(serverKey: string, limit: number): Promise<readonly ServerChange[]>;
  /** All that was ever confirmed, of one server or of all. */
  confirmations(serverKey?: string): Promise<readonly Confirmation[]>;
  confirm(confirmation: Confirmation): Promise<void>;
  survey(): Promise<ServerSurvey | undefined>;
  noteSurvey(survey: ServerSurvey): Promise<void>;
}
