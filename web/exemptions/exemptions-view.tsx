import { Page } from '../app/page.tsx';
export function ExemptionsView(_: { readonly query: URLSearchParams }) {
  return <Page title="ExemptionsView">soon</Page>;
}
