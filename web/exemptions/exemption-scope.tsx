import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({ whole: { color: tokens.colorNeutralForeground2, fontSize: tokens.fontSizeBase200 } });

/** What an exemption covers: its name, and where that stands. */
export function ExemptionScope({ scope }: { readonly scope: string }) {
  const styles = useStyles();
  const parts = scope.split('/').filter(Boolean);
  const kind = parts.length > 4 ? 'VM' : parts.length > 2 ? 'resource group' : 'subscription';
  const around = parts.length > 4 ? `${parts[3]}, ${parts[1]}` : parts.length > 2 ? parts[1] : '';
  return (
    <>
      {parts.at(-1)}
      <div className={styles.whole} title={scope}>
        {kind}
        {around && ` in ${around}`}
      </div>
    </>
  );
}
