import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

import type { Appearance } from './appearance.ts';
import { AppearanceMenu } from './appearance-menu.tsx';
import { addressOf, type Place } from './location.ts';
import { Navigation } from './navigation.tsx';
import { PageLink } from './page-link.tsx';

const useStyles = makeStyles({
  all: {
    minHeight: '100vh',
    display: 'flex',
    flexDirection: 'column',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  skip: {
    position: 'absolute',
    left: '-999px',
    zIndex: 10,
    padding: '12px',
    color: tokens.colorNeutralForeground1,
    backgroundColor: tokens.colorNeutralBackground1,
    ':focus': { left: '8px', top: '8px' },
  },
  bar: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    minHeight: '48px',
    padding: '0 16px',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  name: {
    fontSize: tokens.fontSizeBase400,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForeground1,
  },
  below: { display: 'flex', flex: '1 1 auto', '@media (max-width: 800px)': { flexDirection: 'column' } },
  main: {
    flex: '1 1 auto',
    minWidth: 0,
    maxWidth: '1400px',
    padding: '24px',
    '@media (max-width: 800px)': { padding: '16px 12px' },
  },
});

interface FrameProps {
  readonly place: Place;
  readonly appearance: Appearance;
  readonly onAppearance: (appearance: Appearance) => void;
  readonly children: ReactNode;
}

/** What stands around every view: the name, the navigation, the switch between light and dark. */
export function Frame({ place, appearance, onAppearance, children }: FrameProps) {
  const styles = useStyles();
  return (
    <div className={styles.all}>
      <a href="#main" className={styles.skip}>
        Skip to the content
      </a>
      <header className={styles.bar}>
        <PageLink to={addressOf('posture')} className={styles.name}>
          Backstop
        </PageLink>
        <AppearanceMenu appearance={appearance} onChoose={onAppearance} />
      </header>
      <div className={styles.below}>
        <Navigation view={place.path[0] ?? 'posture'} />
        <main id="main" tabIndex={-1} className={styles.main}>
          {children}
        </main>
      </div>
    </div>
  );
}
