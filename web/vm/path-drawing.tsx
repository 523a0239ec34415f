import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

import { type Network, type Path, type Station, stations } from './path-of-findings.ts';
import { PathStation } from './path-station.tsx';

const useStyles = makeStyles({
  way: {
    listStyleType: 'none',
    display: 'flex',
    alignItems: 'stretch',
    gap: '28px',
    margin: 0,
    padding: 0,
    '@media (max-width: 1100px)': { flexDirection: 'column', gap: '24px' },
  },
  step: {
    position: 'relative',
    flex: '1 1 0',
    minWidth: 0,
    // The arrow to the next station.
    '& + &::before': {
      content: '"→"',
      position: 'absolute',
      left: '-22px',
      top: 'calc(50% - 10px)',
      color: tokens.colorNeutralForeground2,
      '@media (max-width: 1100px)': { content: '"↓"', left: 'calc(50% - 6px)', top: '-22px' },
    },
  },
  destinations: { flexGrow: 1.4 },
});

/** What the paths say of a station, each text once. What is decided before it is not looked at there. */
function said(paths: readonly Path[], station: Station, pick: (path: Path) => string | undefined): string | undefined {
  const texts = new Set(paths.flatMap((path) => pick(path) ?? []));
  if (texts.size > 0) {
    return [...texts].join('; ');
  }
  const here = stations.indexOf(station);
  const isBefore = ({ at }: Path) => at !== undefined && stations.indexOf(at) < here;
  return paths.every(isBefore) ? 'not looked at: decided before' : undefined;
}

/** The way from the VM to what backups talk to, as boxes; where something decides, the box says what and to which end. */
export function PathDrawing({
  network: { nicNsg, subnetNsg, subnet, routeTable, paths },
}: {
  readonly network: Network;
}) {
  const styles = useStyles();
  const decided = (station: Station) => paths.filter(({ at }) => at === station);
  const admin = decided('adminRules');
  return (
    <ol className={styles.way} aria-label="From the VM to Azure Backup">
      <li className={styles.step}>
        <PathStation title="VM" name={`subnet ${subnet}`} decided={[]} />
      </li>
      {admin.length > 0 && (
        <li className={styles.step}>
          <PathStation title="Security admin rules" name="of a network manager" decided={admin} />
        </li>
      )}
      <li className={styles.step}>
        <PathStation title="NIC NSG" name={nicNsg} decided={decided('nicNsg')} />
      </li>
      <li className={styles.step}>
        <PathStation title="Subnet NSG" name={subnetNsg} decided={decided('subnetNsg')} />
      </li>
      <li className={styles.step}>
        <PathStation
          title="Route"
          name={said(paths, 'route', ({ route }) => route) ?? `table ${routeTable}`}
          decided={decided('route')}
        />
      </li>
      <li className={styles.step}>
        <PathStation
          title="Way out"
          name={said(paths, 'wayOut', ({ wayOut }) => wayOut) ?? 'unknown'}
          decided={decided('wayOut')}
        />
      </li>
      <li className={mergeClasses(styles.step, styles.destinations)}>
        <PathStation title="Destinations, TCP 443" name="" decided={decided('destination')} ends={paths} />
      </li>
    </ol>
  );
}
