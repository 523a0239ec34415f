import { Spinner } from '@fluentui/react-components';

/** Shown while something is on its way. */
export function Loading({ what }: { readonly what: string }) {
  return (
    <Spinner size="small" labelPosition="after" label={`Loading ${what} ...`} style={{ justifyContent: 'start' }} />
  );
}
