import { onTestFinished } from 'vitest';

import { createApp } from '../../lib/app.ts';
import { type Config, readConfig } from '../../lib/config.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import type { Ports } from '../../lib/use-cases/ports.ts';
import type { Certificate } from '../../local/azure/certificate.ts';
import {
  type SimulatedAzure,
  type SimulatedAzureOptions,
  startSimulatedAzure,
} from '../../local/azure/simulated-azure.ts';
import { emptyRegister } from './empty-register.ts';
import { estateNow, testEstate } from './test-estate.ts';

/** The service's own adapters with the real SDKs, pointed at a simulated Azure that lives as long as the test. */
export interface ServiceInAzure extends Pick<Ports, 'inventory' | 'arm' | 'clock'> {
  readonly exemptions: typeof emptyRegister;
  readonly judgement: JudgementSettings;
  readonly config: Config;
  readonly azure: SimulatedAzure;
}

const noStorage = {
  SWEEP_SCHEDULE: '0 30 1 * * *',
  CHANGES_SCHEDULE: '0 15 * * * *',
  AzureWebJobsStorage__blobServiceUri: 'https://blob.invalid',
  AzureWebJobsStorage__queueServiceUri: 'https://queue.invalid',
  AzureWebJobsStorage__tableServiceUri: 'https://table.invalid',
};

/** Starts the test estate unless told otherwise: no lag, no limits. The clock stands at the time of the estate. */
export async function serviceInAzure(
  certificate: Certificate,
  options: Partial<SimulatedAzureOptions> = {},
  settings: Readonly<Record<string, string>> = {},
): Promise<ServiceInAzure> {
  const now = () => new Date(estateNow);
  const azure = await startSimulatedAzure({
    estate: testEstate(),
    certificate,
    now,
    lagMs: 0,
    resourceGraphQuota: 'off',
    armLimits: 'off',
    ...options,
  });
  onTestFinished(() => azure.close());
  process.env['IDENTITY_ENDPOINT'] = azure.identityEndpoint;
  process.env['IDENTITY_HEADER'] = azure.identityHeader;
  const config = readConfig({ ...noStorage, BACKSTOP_RESOURCE_MANAGER: azure.armUrl, ...settings });
  const { inventory, arm, clock } = createApp(config, { clock: now }).ports;
  return { azure, inventory, arm, clock, exemptions: emptyRegister, config, judgement: config.judgement };
}
