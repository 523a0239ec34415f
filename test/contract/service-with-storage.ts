import { type App, createApp } from '../../lib/app.ts';
import { type Config, readConfig } from '../../lib/config.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import type { Evidence } from '../../lib/use-cases/evidence-ports.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import type { Protections } from '../../lib/use-cases/protector-ports.ts';
import type { Certificate } from '../../local/azure/certificate.ts';
import {
  type SimulatedAzure,
  type SimulatedAzureOptions,
  startSimulatedAzure,
} from '../../local/azure/simulated-azure.ts';
import type { Estate } from '../../local/estates/estate.ts';
import { type Storage, startStorage } from '../../local/storage/azurite.ts';

/** One Azurite for a test file, and as many simulated Azures as its tests want. */
export interface ServiceWithStorage {
  readonly storage: Storage;
  /** The service on an estate. `now` is its clock, which a test may move. */
  on(
    estate: Estate,
    now: () => Date,
    settings?: Readonly<Record<string, string>>,
    simulated?: Partial<SimulatedAzureOptions>,
  ): Promise<ServiceOnEstate>;
  stop(): Promise<void>;
}

export interface ServiceOnEstate {
  readonly ports: Ports;
  readonly judgement: JudgementSettings;
  readonly config: Config;
  readonly protections: Protections;
  readonly evidence: Evidence;
  readonly exporting: App['exporting'];
  readonly azure: SimulatedAzure;
}

/** Starts Azurite over https, where the tokens of the simulated managed identity get in. */
export async function startServiceWithStorage(certificate: Certificate): Promise<ServiceWithStorage> {
  const storage = await startStorage(certificate);
  const running: SimulatedAzure[] = [];
  return {
    storage,
    async on(estate, now, settings = {}, simulated = {}) {
      const azure = await startSimulatedAzure({
        estate,
        certificate,
        now,
        lagMs: 0,
        resourceGraphQuota: 'off',
        armLimits: 'off',
        ...simulated,
      });
      running.push(azure);
      process.env['IDENTITY_ENDPOINT'] = azure.identityEndpoint;
      process.env['IDENTITY_HEADER'] = azure.identityHeader;
      const config = readConfig({
        AzureWebJobsStorage__blobServiceUri: storage.blobServiceUri,
        AzureWebJobsStorage__queueServiceUri: storage.queueServiceUri,
        AzureWebJobsStorage__tableServiceUri: storage.tableServiceUri,
        BACKSTOP_RESOURCE_MANAGER: azure.armUrl,
        SWEEP_SCHEDULE: '0 30 1 * * *',
        CHANGES_SCHEDULE: '0 15 * * * *',
        ...settings,
      });
      const { ports, protections, evidence, exporting } = createApp(config, { clock: now, log: () => undefined });
      return { ports, protections, evidence, exporting, judgement: config.judgement, config, azure };
    },
    async stop() {
      await Promise.all(running.map((azure) => azure.close()));
      await storage.child.stop();
    },
  };
}
