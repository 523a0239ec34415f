import { Button } from '@fluentui/react-components';
import { useEffect, useState } from 'react';

type State = 'ready' | 'copied' | 'failed';

const words: Readonly<Record<State, string>> = { ready: 'Copy', copied: 'Copied', failed: 'Not copied' };

/** For how long the button says what became of it. */
const saidMs = 3_000;

interface CopyButtonProps {
  readonly text: string;
  /** What is copied, for readers who do not see what stands beside. */
  readonly what: string;
}

/** Copies a text to the clipboard, and says whether that went well. */
export function CopyButton({ text, what }: CopyButtonProps) {
  const [state, setState] = useState<State>('ready');
  useEffect(() => {
    const timer = state === 'ready' ? undefined : setTimeout(() => setState('ready'), saidMs);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  return (
    <Button size="small" onClick={() => void copy()} aria-label={`${words[state]}: ${what}`} aria-live="polite">
      {words[state]}
    </Button>
  );
}
