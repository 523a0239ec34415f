import { makeStyles } from '@fluentui/react-components';

import { Choice } from '../elements/choice.tsx';
import type { Appearance } from './appearance.ts';

const useStyles = makeStyles({ place: { width: '140px' } });

const choices: readonly (readonly [Appearance, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

interface AppearanceMenuProps {
  readonly appearance: Appearance;
  readonly onChoose: (appearance: Appearance) => void;
}

/** Chooses between light and dark; by default the page looks as the system does. */
export function AppearanceMenu({ appearance, onChoose }: AppearanceMenuProps) {
  const styles = useStyles();
  return (
    <div className={styles.place}>
      <Choice label="Appearance" size="small" value={appearance} choices={choices} onChoose={onChoose} />
    </div>
  );
}
