import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

import { addressOf, type ViewName } from './location.ts';
import { PageLink } from './page-link.tsx';

const views: readonly (readonly [view: ViewName, name: string])[] = [
  ['posture', 'Posture'],
  ['vms', 'VMs'],
  ['exemptions', 'Exemptions'],
  ['sweeps', 'Sweeps'],
  ['rules', 'Rules'],
];

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    width: '180px',
    margin: 0,
    padding: '16px 8px',
    boxSizing: 'border-box',
    '@media (max-width: 800px)': { flexDirection: 'row', flexWrap: 'wrap', width: '100%', padding: '4px 4px 0' },
  },
  link: {
    display: 'block',
    padding: '8px 12px',
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover, textDecorationLine: 'none' },
    '@media (max-width: 800px)': { padding: '8px 7px' },
  },
  current: {
    fontWeight: tokens.fontWeightSemibold,
    backgroundColor: tokens.colorSubtleBackgroundSelected,
    boxShadow: `inset 3px 0 0 ${tokens.colorBrandStroke1}`,
    '@media (max-width: 800px)': { boxShadow: `inset 0 -2px 0 ${tokens.colorBrandStroke1}` },
  },
});

/** The views of the dashboard; the one that is shown is marked. */
export function Navigation({ view }: { readonly view: string }) {
  const styles = useStyles();
  return (
    <nav aria-label="Views">
      <ul className={styles.list}>
        {views.map(([each, name]) => (
          <li key={each}>
            <PageLink
              to={addressOf(each)}
              current={each === view}
              className={mergeClasses(styles.link, each === view && styles.current)}
            >
              {name}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
