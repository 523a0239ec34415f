import * as z from 'zod';

import type { Fact } from '../domain/fact.ts';
import { known } from '../domain/fact.ts';
import { armId, region, subscriptionOf } from '../domain/ids.ts';
import type { HostMachine, ServerReads } from '../use-cases/server-ports.ts';
import { createGraphReader, literals, mapKnown, parsed } from './graph-reader.ts';
import { present, text } from './lenient.ts';
import type { PagesOfGraph } from './resource-graph.ts';

const Row = z.looseObject({
  id: z.string().min(1),
  name: z.string(),
  type: z.string(),
  ofVm: z.string(),
  location: z.string().catch(''),
  tags: z.record(z.string(), z.string()).nullish().catch(undefined),
  computerName: z.string().catch(''),
  vmSize: text,
  imageSku: text,
  imageOffer: text,
  osName: text,
  osVersion: text,
  extensionType: text,
});
type Row = z.infer<typeof Row>;

const domainJoin = 'jsonaddomainextension';

/** What the guest reports comes before what the image promises. */
function systemOf({ osName, osVersion, imageOffer, imageSku }: Row): string | undefined {
  if (osName !== undefined) {
    return osVersion === undefined ? osName : `${osName} ${osVersion}`;
  }
  return imageOffer === undefined ? undefined : `${imageOffer} ${imageSku ?? ''}`.trim();
}

/** SKUs of images of Windows Server without desktop say so: `2022-datacenter-core-g2`. */
function isCore({ imageSku }: Row): boolean | undefined {
  return imageSku === undefined ? undefined : /(?:^|-)core(?:-|$)/i.test(imageSku);
}

function machineOf(row: Row, extensions: readonly Row[]): HostMachine {
  const own = extensions.filter(({ ofVm }) => ofVm === row.ofVm);
  return present<HostMachine>({
    vmId: row.id,
    name: row.name,
    subscriptionId: subscriptionOf(row.id) ?? '',
    region: region(row.location),
    computerName: row.computerName,
    tags: row.tags ?? {},
    vmSize: row.vmSize,
    os: systemOf(row),
    isServerCore: isCore(row),
    joinsDomain: own.some(({ extensionType }) => extensionType?.toLowerCase() === domainJoin),
  });
}

/** Reads VMs that backup servers may run on from Resource Graph, with their extensions. */
export function createHostMachineReads(pages: PagesOfGraph, now: () => Date): Pick<ServerReads, 'machines'> {
  const reader = createGraphReader(pages, now);
  return {
    async machines({ computerNames, vmIds }): Promise<Fact<readonly HostMachine[]>> {
      if (computerNames.length === 0 && vmIds.length === 0) {
        return known([], reader.source());
      }
      const names = computerNames.map((name) => name.toLowerCase());
      const ids = vmIds.map((id) => armId(id));
      const conditions = [
        ...(names.length > 0 ? [`computerName in (${literals(names)})`] : []),
        ...(ids.length > 0 ? [`ofVm in (${literals(ids)})`] : []),
      ];
      const rows = await reader.readWhole('hostMachines', {}, parsed(Row), conditions.join(' or '));
      return mapKnown(rows, (all) => {
        const [machines = [], extensions = []] = [false, true].map((wanted) =>
          all.filter(({ type }) => type.toLowerCase().endsWith('/extensions') === wanted),
        );
        return machines.map((row) => machineOf(row, extensions));
      });
    },
  };
}
