import { cannotTell } from '../../domain/rule.ts';
import { conflictingRole, conflictingRoles } from '../../domain/server-host.ts';
import { isNoDpm, nameOf, notShown, ofUnknownKind } from '../../domain/server-kind.ts';
import { confirmedMessage, defineServerRule } from '../../domain/server-rule.ts';

export const mabsDedicatedHost = defineServerRule({
  id: 'mabs-dedicated-host',
  title: 'Azure Backup Server has its machine to itself',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'It cannot be installed on a domain controller, nor beside the Application Server role, Exchange, System Center Operations Manager or DPM, nor on a cluster node. Roles are known in the guest only; of an Azure VM its tag "role" is taken as a description.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21', 'MABS and DPM support matrix, 2025-07-17'],
  reviewed: '2026-11-22',
  checklist:
    'Is the machine no domain controller and no cluster node, without the Application Server role, Exchange, Operations Manager and DPM?',
  needs: { engine: () => ({}), host: ({ roles }) => ({ roles: roles?.join(', ') }) },
  pass: { Dedicated: 'The host has no role that conflicts.', Confirmed: confirmedMessage },
  fail: { ConflictingRole: 'Azure Backup Server may not share the host of {server} with the role {role}.' },
  remedies: { ConflictingRole: { text: 'Use a machine of its own for Azure Backup Server.', commands: [] } },
  concerns: isNoDpm,
  check({ engine, host }) {
    const unknownKind = ofUnknownKind(engine);
    if (unknownKind || host.roles === undefined) {
      return unknownKind ?? notShown(engine, 'What runs beside it on the host');
    }
    const conflicts = host.roles.flatMap((each) => conflictingRole(each) ?? []);
    if (conflicts.length > 0) {
      const role = conflicts.map((each) => conflictingRoles[each]).join(', ');
      return { kind: 'fail', reason: 'ConflictingRole', details: { server: nameOf(engine), role } };
    }
    const others = host.roles.filter((each) => each.trim().toLowerCase() !== 'mabs');
    return others.length === 0
      ? { kind: 'pass', reason: 'Dedicated', details: {} }
      : cannotTell(
          'not-exposed',
          `Whether the role ${others.join(', ')} may share a machine with Azure Backup Server is not known.`,
        );
  },
});
