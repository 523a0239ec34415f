import type { FactSheet } from '../../lib/domain/fact-sheet.ts';
import { parseVmId } from '../../lib/domain/ids.ts';
import type { JudgementSettings } from '../../lib/domain/settings.ts';
import { readAlone } from '../../lib/use-cases/closer-look.ts';
import { gapsOf, knowledgeOf } from '../../lib/use-cases/knowledge.ts';
import { readForShard, readForVm } from '../../lib/use-cases/read-everything.ts';
import type { Gap } from '../../lib/use-cases/run.ts';
import { estateNow } from '../contract/test-estate.ts';

type ReadPorts = Parameters<typeof readForVm>[0];

/** A fact sheet, and what could not be read for it. */
export interface FactsRead {
  readonly sheet: FactSheet;
  readonly gaps: readonly Gap[];
}

const seenAt = () => estateNow;

/** The fact sheets of all VMs by their ids, as one sweep has them. */
export async function sheetsOfSweep(
  ports: ReadPorts,
  settings: JudgementSettings,
): Promise<{ readonly sheets: ReadonlyMap<string, FactSheet>; readonly gaps: readonly Gap[] }> {
  const counts = await ports.inventory.machineCounts();
  const cells = counts.kind === 'known' ? counts.value : [];
  const shard = await readForShard(ports, settings, cells, 'a sweep');
  const sheets = new Map<string, FactSheet>();
  const gaps: Gap[] = [];
  for await (const page of ports.inventory.machines(cells)) {
    if (page.kind === 'unknown') throw new Error(page.because.detail);
    const readings = await shard.of(page.value);
    const knowledge = knowledgeOf(readings);
    gaps.push(...gapsOf(readings));
    for (const machine of page.value.machines) {
      sheets.set(machine.vm.value.id, knowledge.sheetOf(machine, {}, seenAt));
    }
  }
  return { sheets, gaps };
}

/** The facts of a VM as a sweep of all VMs has them. */
export async function factsOfSweep(ports: ReadPorts, settings: JudgementSettings, vmId: string): Promise<FactsRead> {
  const { sheets, gaps } = await sheetsOfSweep(ports, settings);
  const sheet = sheets.get(vmId);
  if (!sheet) throw new Error(`The sweep does not show ${vmId}.`);
  return { sheet, gaps };
}

/** The facts of a VM as a request has them, or as events have them that share what they read alike. */
export async function factsOfEvent(
  ports: ReadPorts,
  settings: JudgementSettings,
  vmId: string,
  sharedBy?: string,
): Promise<FactsRead> {
  const address = parseVmId(vmId);
  const reading = address && (await ports.arm.machine(address));
  if (reading?.kind !== 'known') throw new Error(`${vmId} cannot be read.`);
  const readings = await readForVm(ports, settings, reading.facts, sharedBy);
  const own = await readAlone(ports, reading.facts, readings.surroundings);
  return { sheet: knowledgeOf(readings).sheetOf(reading.facts, own, seenAt), gaps: gapsOf(readings) };
}
