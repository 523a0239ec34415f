import { makeStyles, Select } from '@fluentui/react-components';

import type { Appearance } from './appearance.ts';

const useStyles = makeStyles({ select: { minWidth: '110px' } });

interface AppearanceMenuProps {
  readonly appearance: Appearance;
  readonly onChoose: (appearance: Appearance) => void;
}

/** Chooses between light and dark; by default the page looks as the system does. */
export function AppearanceMenu({ appearance, onChoose }: AppearanceMenuProps) {
  const styles = useStyles();
  return (
    <Select
      aria-label="Appearance"
      size="small"
      className={styles.select}
      value={appearance}
      onChange={(_, { value }) => onChoose(value as Appearance)}
    >
      <option value="system">As the system</option>
      <option value="light">Light</option>
      <option value="dark">Dark</option>
    </Select>
  );
}
