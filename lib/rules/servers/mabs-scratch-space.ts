import { notShown } from '../../domain/server-kind.ts';
import { confirmedMessage, defineServerRule } from '../../domain/server-rule.ts';
import { backupServerNeeds } from '../../domain/support-list.ts';

const share = backupServerNeeds.scratchShare;

export const mabsScratchSpace = defineServerRule({
  id: 'mabs-scratch-space',
  title: 'The scratch location holds 5 % of the data that goes to Azure',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'Backup to Azure needs a scratch (cache) location of at least 5 % of the data that is to be sent. Azure shows the storage pool of a server, which is something else, and not its scratch location.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21'],
  reviewed: '2026-11-22',
  checklist: 'Is the scratch (cache) location at least 5 % of the data that is sent to Azure?',
  needs: { engine: () => ({}), host: ({ scratchGiB, cloudDataGiB }) => ({ scratchGiB, cloudDataGiB }) },
  pass: {
    Enough: 'The scratch location has {scratch} GiB for {data} GiB of data; {least} are needed.',
    Confirmed: confirmedMessage,
  },
  fail: { TooLittle: 'The scratch location has {scratch} GiB for {data} GiB of data; {least} are needed.' },
  remedies: { TooLittle: { text: 'Give the scratch location a volume of at least {least} GiB.', commands: [] } },
  check({ engine, host }) {
    const { scratchGiB, cloudDataGiB } = host;
    if (scratchGiB === undefined || cloudDataGiB === undefined) {
      return notShown(engine, 'The space of the scratch location');
    }
    const least = Math.ceil(cloudDataGiB * share * 100) / 100;
    const details = { scratch: String(scratchGiB), data: String(cloudDataGiB), least: String(least) };
    return scratchGiB < cloudDataGiB * share
      ? { kind: 'fail', reason: 'TooLittle', details }
      : { kind: 'pass', reason: 'Enough', details };
  },
});
