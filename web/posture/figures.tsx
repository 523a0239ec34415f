import { Card, makeStyles, tokens } from '@fluentui/react-components';

import type { Posture } from '../api/client.ts';
import { addressOf } from '../app/location.ts';
import { PageLink } from '../app/page-link.tsx';
import { VerdictBar } from '../verdict/verdict-bar.tsx';
import { VerdictMark } from '../verdict/verdict-mark.tsx';
import { verdictMeanings, verdicts } from '../verdict/words.ts';

const useStyles = makeStyles({
  card: { padding: '16px', boxShadow: tokens.shadow2, rowGap: '16px' },
  top: { display: 'flex', flexWrap: 'wrap', alignItems: 'baseline', gap: '4px 32px' },
  big: {
    fontSize: tokens.fontSizeHero800,
    lineHeight: tokens.lineHeightHero800,
    fontWeight: tokens.fontWeightSemibold,
  },
  said: { color: tokens.colorNeutralForeground2 },
  tiles: {
    listStyleType: 'none',
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(130px, 1fr))',
    gap: '8px',
    margin: 0,
    padding: 0,
  },
  tile: {
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    boxSizing: 'border-box',
    padding: '8px 10px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    color: tokens.colorNeutralForeground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover, textDecorationLine: 'none' },
  },
  count: {
    fontSize: tokens.fontSizeBase500,
    lineHeight: tokens.lineHeightBase500,
    fontWeight: tokens.fontWeightSemibold,
  },
});

function ageText({ vms, meanAgeDays }: Posture['openGaps']): string {
  if (meanAgeDays === null) {
    return vms === 0 ? 'none' : 'unknown';
  }
  return `${meanAgeDays} days`;
}

/** The share that is backed up, the VMs that ask for action, and the VMs by verdict; each is a link to those VMs. */
export function Figures({ posture }: { readonly posture: Posture }) {
  const styles = useStyles();
  const { vms, compliantPercent, openGaps, verdicts: counts } = posture;
  return (
    <section aria-label="Verdicts">
      <Card className={styles.card}>
        <div className={styles.top}>
          <div>
            <div className={styles.big}>{compliantPercent === null ? 'none to count' : `${compliantPercent} %`}</div>
            <span className={styles.said}>compliant: backed up, of the VMs that are to be</span>
          </div>
          <div>
            <div className={styles.big}>{vms.toLocaleString('en')}</div>
            <span className={styles.said}>VMs</span>
          </div>
          <div>
            <div className={styles.big}>{openGaps.vms.toLocaleString('en')}</div>
            <span className={styles.said}>open gaps; mean age {ageText(openGaps)}</span>
          </div>
        </div>
        <VerdictBar counts={counts} />
        <ul className={styles.tiles}>
          {verdicts.map((verdict) => (
            <li key={verdict} title={verdictMeanings[verdict]}>
              <PageLink to={addressOf('vms', undefined, { verdict })} className={styles.tile}>
                <span className={styles.count}>{counts[verdict].toLocaleString('en')}</span>
                <VerdictMark verdict={verdict} />
              </PageLink>
            </li>
          ))}
        </ul>
      </Card>
    </section>
  );
}
