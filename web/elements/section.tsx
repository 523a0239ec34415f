import { Card, makeStyles, Subtitle1, tokens } from '@fluentui/react-components';
import { type ReactNode, useId } from 'react';

const useStyles = makeStyles({
  card: { minWidth: 0, boxShadow: tokens.shadow2, padding: '16px', rowGap: '12px' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', gap: '8px' },
  title: { margin: 0 },
});

interface SectionProps {
  readonly title: string;
  /** Beside the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A part of a view with its heading. */
export function Section({ title, actions, children, className }: SectionProps) {
  const styles = useStyles();
  const id = useId();
  return (
    <section aria-labelledby={id} className={className}>
      <Card className={styles.card}>
        <div className={styles.head}>
          <Subtitle1 as="h2" id={id} className={styles.title}>
            {title}
          </Subtitle1>
          {actions}
        </div>
        {children}
      </Card>
    </section>
  );
}
