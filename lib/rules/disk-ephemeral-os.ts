import { cannotTell, defineRule } from '../domain/rule.ts';

export const diskEphemeralOs = defineRule({
  id: 'disk-ephemeral-os',
  title: 'The OS disk is not ephemeral',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'The support matrix calls ephemeral disks supported, the page on errors says that backup is not available with them, and agentless backup does not take them. Only a pre-validation by Azure can decide; until one is made it is unknown.',
  sources: [
    'Support matrix for Azure VM backups, 2026-03-26, against Troubleshooting backup failures on Azure VMs, 2025-11-12',
    'Include of the agentless backup pages, 2024-03',
  ],
  reviewed: '2026-11-21',
  needs: {
    disks: (disks) => ({ 'diffDiskSettings.option': disks.some(({ ephemeral }) => ephemeral) ? 'Local' : undefined }),
  },
  pass: { NotEphemeral: 'The OS disk is not ephemeral.' },
  fail: {},
  remedies: {},
  check({ disks }) {
    const ephemeral = disks.find((disk) => disk.ephemeral);
    return ephemeral
      ? cannotTell(
          'docs-disagree',
          `OS disk ${ephemeral.name} is ephemeral; the documents disagree on whether it can be backed up. If the VM keeps no state, exempt it by tag; else move to a managed OS disk.`,
        )
      : { kind: 'pass', reason: 'NotEphemeral', details: {} };
  },
});
