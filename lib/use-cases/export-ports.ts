import type { Evaluations, Ports, Stored, VmFilter } from './ports.ts';
import type { AskedScope } from './posture-scope.ts';

/** What a report is asked for; absent fields leave nothing out. */
export type ReportRequest = AskedScope &
  Omit<VmFilter, 'subscription' | 'subscriptions' | 'region' | 'plan' | 'exemptBy'>;

/** A report that is written to a file because it is too large to be answered at once. Instants are ISO 8601 UTC. */
export interface Export {
  readonly exportId: string;
  /** Which report, such as `vms.csv`. */
  readonly report: string;
  readonly request: ReportRequest;
  readonly state: 'running' | 'done' | 'failed';
  readonly requestedAt: string;
  /** The last sign of life. */
  readonly changedAt: string;
  /** How often it was begun. */
  readonly attempts: number;
  /** Rows that were read so far; a report that reads twice counts them twice. */
  readonly rowsRead: number;
  readonly finished?: FinishedExport;
  /** Why it failed, in words for whoever asked for it. */
  readonly why?: string;
}

/** The file that an export has become. */
export interface FinishedExport {
  readonly at: string;
  /** VMs in it. */
  readonly rows: number;
  /** Where it is stored: each attempt writes a file of its own, the first that is whole is the export. */
  readonly storedAs: string;
  /** What it is saved as. */
  readonly fileName: string;
}

/** Exports and how they stand. */
export interface Exports {
  find(exportId: string): Promise<Stored<Export> | undefined>;
  /** All of them: they are removed after some days, so there are few. */
  all(): Promise<readonly Stored<Export>[]>;
  /** Writes one under its version; false if somebody else has changed it meanwhile. */
  write(stored: Stored<Export>): Promise<boolean>;
  /** Removes one, if it still is what it was. */
  remove(stored: Stored<Export>): Promise<void>;
}

/** Files of exports, compressed with gzip. Memory is the same for any size. */
export interface ExportFiles {
  /** Writes a file, which appears as a whole or not at all. */
  write(name: string, chunks: AsyncIterable<string>): Promise<void>;
  /** Its bytes, compressed; `undefined` if there is no such file. */
  read(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** Removes all files whose names begin so. */
  removeAll(beginning: string): Promise<void>;
}

/** What reports are read from. */
export type ReportPorts = Pick<Ports, 'runs' | 'exemptions' | 'clock'> & {
  readonly evaluations: Pick<Evaluations, 'each'>;
};

/** What exports are made with. */
export interface ExportPorts extends ReportPorts {
  readonly exports: Exports;
  readonly files: ExportFiles;
  readonly queues: Ports['queues'];
  readonly log: Ports['log'];
}
