import { Page } from '../app/page.tsx';
export function VmsView(_: { readonly query: URLSearchParams }) {
  return <Page title="VmsView">soon</Page>;
}
