/** A guest operating system as the VM body and its instance view show it. */
export type Image = {
  readonly osType: 'Linux' | 'Windows';
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  readonly exactVersion: string;
  readonly generation: 'V1' | 'V2';
  readonly osName: string;
  readonly osVersion: string;
  /** The purchase plan, for images that are sold in the Marketplace. */
  readonly plan?: { readonly name: string; readonly product: string; readonly publisher: string };
};

type Weighted = readonly (readonly [weight: number, image: Image])[];

function linux(
  publisher: string,
  offer: string,
  sku: string,
  exactVersion: string,
  os: readonly [string, string],
): Image {
  const generation = /gen2|lts-gen2|^server$/.test(sku) ? 'V2' : 'V1';
  return { osType: 'Linux', publisher, offer, sku, exactVersion, generation, osName: os[0], osVersion: os[1] };
}

function windows(sku: string, exactVersion: string, osName: string, osVersion: string): Image {
  const generation = /g2$|gensecond$/.test(sku) ? 'V2' : 'V1';
  const [publisher, offer] = ['MicrosoftWindowsServer', 'WindowsServer'];
  return { osType: 'Windows', publisher, offer, sku, exactVersion, generation, osName, osVersion };
}

/** Linux images in use, with their share: current ones, and some whose vendor has ended support. */
export const linuxImages: Weighted = [
  [30, linux('Canonical', 'ubuntu-24_04-lts', 'server', '24.04.202510240', ['ubuntu', '24.04'])],
  [20, linux('Canonical', '0001-com-ubuntu-server-jammy', '22_04-lts-gen2', '22.04.202510020', ['ubuntu', '22.04'])],
  [6, linux('Canonical', '0001-com-ubuntu-server-focal', '20_04-lts-gen2', '20.04.202505200', ['ubuntu', '20.04'])],
  [4, linux('Canonical', 'UbuntuServer', '18.04-LTS', '18.04.202401161', ['ubuntu', '18.04'])],
  [14, linux('RedHat', 'RHEL', '95_gen2', '9.5.2025091017', ['redhat', '9.5'])],
  [6, linux('RedHat', 'RHEL', '7_9', '7.9.2024062807', ['redhat', '7.9'])],
  [6, linux('SUSE', 'sles-15-sp6', 'gen2', '2025.09.11', ['sles', '15.6'])],
  [6, linux('Debian', 'debian-12', '12-gen2', '0.20250814.2204', ['debian', '12.11'])],
  [4, linux('Oracle', 'Oracle-Linux', 'ol94-lvm-gen2', '9.4.2', ['oracle', '9.4'])],
  [4, linux('OpenLogic', 'CentOS', '7_9', '7.9.2023030700', ['centos', '7.9'])],
];

/** Windows images in use, with their share. */
export const windowsImages: Weighted = [
  [15, windows('2025-datacenter-g2', '26100.6584.250910', 'Windows Server 2025 Datacenter', '10.0.26100.6584')],
  [40, windows('2022-datacenter-g2', '20348.4294.251011', 'Windows Server 2022 Datacenter', '10.0.20348.4294')],
  [25, windows('2019-datacenter-gensecond', '17763.7792.250903', 'Windows Server 2019 Datacenter', '10.0.17763.7792')],
  [20, windows('2016-Datacenter', '14393.8519.251003', 'Windows Server 2016 Datacenter', '10.0.14393.8519')],
];

/** Windows versions that have left Microsoft's extended support. */
export const retiredWindowsImages: readonly Image[] = [
  windows('2012-R2-Datacenter', '9600.21620.231004', 'Windows Server 2012 R2 Datacenter', '6.3.9600.21620'),
  windows('2008-R2-SP1', '7601.24384.190224', 'Windows Server 2008 R2 Datacenter', '6.1.7601.24384'),
];

/** A Windows that was never on a list for Azure VM backup by agent. */
export const oldestWindowsImage = windows(
  '2008-SP2',
  '6003.21620.221110',
  'Windows Server 2008 Datacenter',
  '6.0.6003.21620',
);

/** The image of Windows Server 2012 R2 in a VM whose guest has been upgraded to 2019. */
export const upgradedWindowsImage = windows(
  '2012-R2-Datacenter',
  '9600.21620.231004',
  'Windows Server 2019 Datacenter',
  '10.0.17763.7792',
);

/** A Windows for desktops. */
export const desktopImage: Image = {
  ...windows('win11-24h2-ent', '26100.6584.250910', 'Windows 11 Enterprise', '10.0.26100.6584'),
  publisher: 'MicrosoftWindowsDesktop',
  offer: 'windows-11',
};

/** A Windows of 32 bits, as it comes from a migration. */
export const thirtyTwoBitImage: Image = {
  ...windows('win10-ltsc', '19044.6456.251009', 'Windows 10 Enterprise LTSC 32-bit', '10.0.19044.6456'),
  publisher: 'MicrosoftWindowsDesktop',
  offer: 'Windows-10',
};

/** Linux distributions that run nothing but containers. */
export const containerLinuxImages: readonly Image[] = [
  linux('kinvolk', 'flatcar-container-linux-free', 'stable', '4230.2.4', ['flatcar', '4230.2.4']),
  linux('CoreOS', 'CoreOS', 'Stable', '2512.3.0', ['coreos', '2512.3.0']),
];

/** A Linux distribution from a publisher outside Azure's endorsed ones. */
export const unendorsedLinuxImage: Image = {
  ...linux('kali-linux', 'kali', 'kali-2025-3', '2025.3.0', ['kali', '2025.3']),
  plan: { name: 'kali-2025-3', product: 'kali', publisher: 'kali-linux' },
};

/** The images of generation 1 among these: those on which old agents are still found. */
export function oldStyle(images: Weighted): Weighted {
  return images.filter(([, image]) => image.generation === 'V1');
}
