import { isNoDpm, notShown, ofUnknownKind } from '../../domain/server-kind.ts';
import { confirmedMessage, defineServerRule } from '../../domain/server-rule.ts';
import type { ServerFacts } from '../../domain/server-sheet.ts';
import { backupServerNeeds } from '../../domain/support-list.ts';

const { windows, windowsOfVersion3, generations } = backupServerNeeds;

/** The generation of an installed product; a planned one is the current one. */
function generationOf(engine: ServerFacts['engine']): string {
  const version = engine === 'planned' ? undefined : engine.productVersion;
  return generations[version?.split('.')[0] ?? ''] ?? 'v4';
}

export const mabsOs = defineServerRule({
  id: 'mabs-os',
  title: 'The host of Azure Backup Server runs a supported Windows Server',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Version 4 takes 64-bit Windows Server 2022 and 2019 (Standard, Datacenter, Essentials), version 3 also 2016; Server Core and Hyper-V Server never. In Azure start from a Datacenter image of the gallery. Which product version is which generation is unconfirmed.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21', 'MABS and DPM support matrix, 2025-07-17'],
  reviewed: '2026-11-22',
  checklist: 'Is the machine a 64-bit Windows Server 2022 or 2019 with desktop (not Server Core), with its updates?',
  needs: {
    engine: (engine) => ({ dpmVersion: engine === 'planned' ? undefined : engine.productVersion }),
    host: ({ os, isServerCore }) => ({ osName: os, isServerCore }),
  },
  pass: { Supported: '{os} is supported for Azure Backup Server {generation}.', Confirmed: confirmedMessage },
  fail: {
    NotSupported: '{os} is not supported for Azure Backup Server {generation}.',
    ServerCore: '{os} is Server Core, on which Azure Backup Server cannot be installed.',
  },
  remedies: {
    NotSupported: {
      text: 'Install the server on Windows Server 2022; an installed one is moved under the same name.',
      commands: [],
    },
    ServerCore: { text: 'Install Windows Server 2022 with desktop.', commands: [] },
  },
  concerns: isNoDpm,
  check({ engine, host }) {
    const { os, isServerCore } = host;
    const unknownKind = ofUnknownKind(engine);
    if (unknownKind || os === undefined) {
      return unknownKind ?? notShown(engine, 'The operating system');
    }
    if (isServerCore || /\bcore\b|hyper-v server/i.test(os)) {
      return { kind: 'fail', reason: 'ServerCore', details: { os } };
    }
    const generation = generationOf(engine);
    const details = { os, generation };
    return windows.test(os) || (generation === 'v3' && windowsOfVersion3.test(os))
      ? { kind: 'pass', reason: 'Supported', details }
      : { kind: 'fail', reason: 'NotSupported', details };
  },
});
