import { makeStyles, tokens } from '@fluentui/react-components';

import { CopyButton } from './copy-button.tsx';

const useStyles = makeStyles({
  all: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: '8px',
    padding: '8px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
  },
  text: {
    flex: '1 1 auto',
    minWidth: 0,
    margin: 0,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
});

/** A command for a shell, to be copied. */
export function Command({ text }: { readonly text: string }) {
  const styles = useStyles();
  return (
    <div className={styles.all}>
      <pre className={styles.text}>{text}</pre>
      <CopyButton text={text} what="the command" />
    </div>
  );
}
