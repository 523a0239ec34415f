import { isNoDpm, nameOf, notShown, ofUnknownKind } from '../../domain/server-kind.ts';
import { confirmedMessage, defineServerRule } from '../../domain/server-rule.ts';

export const mabsDomain = defineServerRule({
  id: 'mabs-domain',
  title: 'The host was joined to its domain before the installation',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'The machine joins its domain first; afterwards it can neither be moved to another one nor be renamed. Protected machines must be in the same or a trusted domain. In Azure only the extension that joins a domain is seen, which is a hint.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21', 'MABS and DPM support matrix, 2025-07-17'],
  reviewed: '2026-11-22',
  checklist: 'Was the machine joined to its domain before the installation, and neither moved nor renamed since?',
  needs: { engine: () => ({}), host: ({ isDomainJoined }) => ({ isDomainJoined }) },
  pass: { Joined: 'The host is a member of a domain.', Confirmed: confirmedMessage },
  fail: {
    NotJoined: 'The host of {server} is in no domain; after the installation it can no longer be moved into one.',
  },
  remedies: { NotJoined: { text: 'Join the machine to its domain before the installation.', commands: [] } },
  concerns: isNoDpm,
  check({ engine, host }) {
    const unknownKind = ofUnknownKind(engine);
    if (unknownKind || host.isDomainJoined === undefined) {
      return unknownKind ?? notShown(engine, 'The domain membership');
    }
    return host.isDomainJoined
      ? { kind: 'pass', reason: 'Joined', details: {} }
      : { kind: 'fail', reason: 'NotJoined', details: { server: nameOf(engine) } };
  },
});
