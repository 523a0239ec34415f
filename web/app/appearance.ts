import { type Theme, webDarkTheme, webLightTheme } from '@fluentui/react-components';
import { useState, useSyncExternalStore } from 'react';

/** What a reader chose; `system` follows the system. */
export type Appearance = 'system' | 'light' | 'dark';

const storageName = 'backstop-appearance';
const darkQuery = matchMedia('(prefers-color-scheme: dark)');

function stored(): Appearance {
  const value = localStorage.getItem(storageName);
  return value === 'light' || value === 'dark' ? value : 'system';
}

function subscribe(listener: () => void): () => void {
  darkQuery.addEventListener('change', listener);
  return () => darkQuery.removeEventListener('change', listener);
}

/** The appearance that holds, the theme that it means, and the way to choose another one. */
export function useAppearance(): {
  readonly appearance: Appearance;
  readonly theme: Theme;
  readonly choose: (appearance: Appearance) => void;
} {
  const [appearance, setAppearance] = useState(stored);
  const systemIsDark = useSyncExternalStore(subscribe, () => darkQuery.matches);
  const isDark = appearance === 'dark' || (appearance === 'system' && systemIsDark);
  return {
    appearance,
    theme: isDark ? webDarkTheme : webLightTheme,
    choose(next) {
      localStorage.setItem(storageName, next);
      setAppearance(next);
    },
  };
}
