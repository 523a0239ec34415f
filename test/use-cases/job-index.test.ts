import { expect, test } from 'vitest';

import { type ArmId, armId } from '../../lib/domain/ids.ts';
import { indexJobs } from '../../lib/use-cases/job-index.ts';
import type { JobOfContainer } from '../../lib/use-cases/ports.ts';
import { item, machine, vault } from '../rules/healthy-vm.ts';

const vm: ArmId = machine().key;
const { vaultId, containerName } = item();

function job(
  startedAt: string,
  on: Pick<JobOfContainer, 'containerName' | 'vm'>,
  operation = 'Backup',
): JobOfContainer {
  return { vaultId, ...on, job: { name: startedAt, operation, status: 'Failed', startedAt, errorCodes: [] } };
}

test('jobs are found by their container, with or without its kind, or by their VM, newest first', () => {
  const { backupsOf, configuredAt } = indexJobs({
    jobs: [
      job('2026-11-18', { containerName: containerName.toUpperCase() }),
      job('2026-11-20', { vm }),
      job('2026-11-19', { containerName: containerName.split(';').slice(1).join(';') }),
      job('2026-11-17', { vm }, 'ConfigureBackup'),
      { ...job('2026-11-21', { vm }), vaultId: vault('rsv-other').key },
      job('2026-11-22', { vm: armId('/another/vm') }),
    ],
    unreadableIn: [],
  });

  expect(backupsOf(item(), vm).map(({ startedAt }) => startedAt)).toEqual(['2026-11-20', '2026-11-19', '2026-11-18']);
  expect(configuredAt(item(), vm)).toBe('2026-11-17');
});

test('a job that makes no sense may be that of any item in its vault, and of no other', () => {
  const { gapOf } = indexJobs({ jobs: [], unreadableIn: [vaultId] });

  expect(gapOf(item())).toMatchObject({ cause: 'not-reported' });
  expect(gapOf(item({}, vault('rsv-other')))).toBeUndefined();
});
