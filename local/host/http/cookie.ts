import type { HttpCookie } from '../app/contract.ts';

const sameSiteBy = { none: undefined, lax: 'lax', strict: 'strict', explicitNone: 'none' } as const;

/** The value of a `set-cookie` header, with ASP.NET's defaults: an encoded value and the path `/`. */
export function formatCookie(cookie: HttpCookie): string {
  const expires = cookie.expires?.value?.seconds;
  const maxAge = cookie.maxAge?.value ?? undefined;
  const domain = cookie.domain?.value;
  const sameSite = sameSiteBy[cookie.sameSite ?? 'none'];
  const parts = [
    `${cookie.name}=${encodeURIComponent(cookie.value ?? '')}`,
    expires === undefined ? '' : `expires=${new Date(expires * 1000).toUTCString()}`,
    maxAge === undefined ? '' : `max-age=${maxAge}`,
    domain ? `domain=${domain}` : '',
    `path=${cookie.path?.value ?? '/'}`,
    cookie.secure?.value ? 'secure' : '',
    sameSite ? `samesite=${sameSite}` : '',
    cookie.httpOnly?.value ? 'httponly' : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}
