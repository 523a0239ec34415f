/** Clouds of Azure. */
export type Cloud = 'public' | 'us-government' | 'china';

/** What a firewall or proxy lets through for a backup server, on TCP 443. */
export interface AllowList {
  readonly domains: readonly string[];
  readonly ipRanges: readonly string[];
  /** What nobody has confirmed. */
  readonly unconfirmed?: string;
}

/** Both are asked by Windows itself to find out whether there is an Internet. */
const windowsAsks = ['www.msftncsi.com', 'www.msftconnecttest.com'];

/**
 * Domains by cloud: Install and upgrade Azure Backup Server, 2026-01-21; for US Government the include on network
 * connectivity of 2021. No document that was found lists those of Azure in China: its endpoints stand in for them.
 */
export const allowedDomains: Readonly<Record<Cloud, AllowList>> = {
  public: {
    domains: [
      ...windowsAsks,
      '*.Microsoft.com',
      '*.WindowsAzure.com',
      '*.microsoftonline.com',
      '*.windows.net',
      '*.blob.core.windows.net',
      '*.queue.core.windows.net',
      '*.blob.storage.azure.net',
    ],
    ipRanges: ['20.190.128.0/18', '40.126.0.0/18'],
  },
  'us-government': {
    domains: [...windowsAsks, '*.Microsoft.com', '*.windowsazure.us', '*.microsoftonline.us', '*.usgovcloudapi.net'],
    ipRanges: ['20.190.128.0/18', '40.126.0.0/18'],
  },
  china: {
    domains: [...windowsAsks, '*.Microsoft.com', '*.chinacloudapi.cn'],
    ipRanges: [],
    unconfirmed: 'no document that was found lists the domains of Azure in China; take these as a beginning',
  },
};

/** The cloud in which a region lies. */
export function cloudOf(region: string): Cloud {
  if (/^(?:usgov|usdod)/i.test(region)) {
    return 'us-government';
  }
  return /^china/i.test(region) ? 'china' : 'public';
}

/** The list of a region's cloud in words. */
export function allowListText(region: string): string {
  const { domains, ipRanges, unconfirmed } = allowedDomains[cloudOf(region)];
  const ranges = ipRanges.length > 0 ? `, and the addresses ${ipRanges.join(', ')}` : '';
  return `${domains.join(', ')}${ranges}${unconfirmed ? ` (unconfirmed: ${unconfirmed})` : ''}`;
}
