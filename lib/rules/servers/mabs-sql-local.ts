import { isNoDpm, notShown, ofUnknownKind } from '../../domain/server-kind.ts';
import { confirmedMessage, defineServerRule } from '../../domain/server-rule.ts';

export const mabsSqlLocal = defineServerRule({
  id: 'mabs-sql-local',
  title: 'The SQL Server instance of Azure Backup Server is on the same machine',
  category: 'limitation',
  severity: 'blocker',
  rationale:
    'Azure Backup Server does not work with a remote SQL Server. Its setup brings one along; an own one is SQL Server 2019 or 2022, Standard or Enterprise, 64-bit, as a local named instance. Azure shows only the name of the database.',
  sources: ['Install and upgrade Azure Backup Server, 2026-01-21'],
  reviewed: '2026-11-22',
  checklist:
    'Does the SQL Server instance of the server run on the same machine (the one of the setup, or 2019/2022 Standard or Enterprise as a named instance)?',
  needs: {
    engine: (engine) => ({
      'extendedInfo.databaseName': engine === 'planned' ? undefined : engine.extendedInfo?.databaseName,
    }),
  },
  pass: { Local: 'The server uses a {which} SQL Server instance on its own machine.', Confirmed: confirmedMessage },
  fail: { Remote: 'The server is to use a SQL Server instance on another machine, with which it does not work.' },
  remedies: {
    Remote: {
      text: 'Choose "Install new Instance of SQL Server with this Setup", or a local named instance.',
      commands: [],
    },
  },
  concerns: isNoDpm,
  check({ engine }, _context, { host }) {
    const unknownKind = ofUnknownKind(engine);
    const where = host.kind === 'known' ? host.value.sqlServer : undefined;
    if (unknownKind || where === undefined) {
      return unknownKind ?? notShown(engine, 'The place of the SQL Server instance');
    }
    return where === 'remote'
      ? { kind: 'fail', reason: 'Remote', details: {} }
      : { kind: 'pass', reason: 'Local', details: { which: where } };
  },
});
