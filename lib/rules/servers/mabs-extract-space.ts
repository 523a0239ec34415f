import { isNoDpm, notShown, ofUnknownKind } from '../../domain/server-kind.ts';
import { confirmedMessage, defineServerRule } from '../../domain/server-rule.ts';
import { backupServerNeeds } from '../../domain/support-list.ts';

const least = backupServerNeeds.extractGiB;

export const mabsExtractSpace = defineServerRule({
  id: 'mabs-extract-space',
  title: 'There are 4 GB free for the setup files',
  category: 'limitation',
  severity: 'info',
  rationale:
    'Setup extracts its files first, which takes 4 GB. The download is more than 3 GB: up to 60 minutes at 10 Mbps, all files in one folder.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21'],
  reviewed: '2026-11-22',
  checklist: `Are there at least ${least} GB free for the setup files, also of the next upgrade?`,
  needs: { engine: () => ({}), host: ({ freeGiB }) => ({ freeGiB }) },
  pass: { Enough: '{free} GiB are free; the setup files take {least}.', Confirmed: confirmedMessage },
  fail: { TooLittle: 'Only {free} GiB are free; the setup files take {least}.' },
  remedies: { TooLittle: { text: 'Free at least {least} GB before extracting the setup files.', commands: [] } },
  concerns: isNoDpm,
  check({ engine, host }) {
    const unknownKind = ofUnknownKind(engine);
    if (unknownKind || host.freeGiB === undefined) {
      return unknownKind ?? notShown(engine, 'The free space for the setup files');
    }
    const details = { free: String(host.freeGiB), least: String(least) };
    return host.freeGiB < least
      ? { kind: 'fail', reason: 'TooLittle', details }
      : { kind: 'pass', reason: 'Enough', details };
  },
});
