import { Page } from '../app/page.tsx';
export function VmView(_: { readonly vmKey: string }) {
  return <Page title="VmView">soon</Page>;
}
