import type { Evaluated } from '../../lib/use-cases/evaluated.ts';
import type { PostureReport } from '../../lib/use-cases/report-posture.ts';
import type { ResourceReport } from '../../lib/use-cases/report-resources.ts';
import type { Run } from '../../lib/use-cases/run.ts';
import type { Neighbourhood } from '../neighbourhood.ts';

/** The app's HTTP API as the demonstration uses it: like any other client, with the key. */
export interface Api {
  startSweep(): Promise<Run>;
  sweep(runId: string): Promise<Run | undefined>;
  posture(): Promise<PostureReport>;
  /** What the newest sweep found besides VMs. */
  otherResources(): Promise<ResourceReport>;
  blocked(count: number): Promise<readonly Evaluated[]>;
  /** `undefined` while Backstop does not know the VM. */
  vm(vmId: string): Promise<Evaluated | undefined>;
}

async function bodyOf<T>(response: Response, wanted: string): Promise<T> {
  if (!response.ok) {
    throw new Error(`${wanted} answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  }
  return (await response.json()) as T;
}

export function createApi({ call }: Neighbourhood): Api {
  return {
    startSweep: async () => bodyOf(await call('sweeps', { method: 'POST' }), 'POST sweeps'),
    async sweep(runId) {
      const { sweeps } = await bodyOf<{ sweeps: readonly Run[] }>(await call('sweeps?size=100'), 'GET sweeps');
      return sweeps.find((run) => run.runId === runId);
    },
    posture: async () => bodyOf(await call('posture'), 'GET posture'),
    otherResources: async () => bodyOf(await call('reports/other-resources.json'), 'GET reports'),
    async blocked(count) {
      const page = await bodyOf<{ vms: readonly Evaluated[] }>(
        await call(`vms?verdict=blocked&size=${count}`),
        'GET vms',
      );
      return page.vms;
    },
    async vm(vmId) {
      const response = await call(`vms?id=${encodeURIComponent(vmId)}`);
      return response.status === 404 ? undefined : bodyOf(response, 'GET vms');
    },
  };
}
