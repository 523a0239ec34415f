import { put } from './bodies.ts';
import { reinstall, run } from './guest.ts';
import {
  containerLinuxImages,
  desktopImage,
  type Image,
  oldestWindowsImage,
  retiredWindowsImages,
  thirtyTwoBitImage,
  unendorsedLinuxImage,
  upgradedWindowsImage,
} from './images.ts';
import { type Garden, type Plant, plant } from './plants.ts';
import { leavesOpen, warns } from './truth.ts';

const reinstalled = (image: Image) => (plan: Parameters<Plant['edit']>[0], garden: Garden) => {
  reinstall(plan, image, garden);
};

const outOfSupport = { touches: ['guest'], signs: [warns('os-windows-supported')] } as const;

/** Runs a Windows that Microsoft no longer supports. */
export const retiredWindows = plant('unsupported Windows', outOfSupport, (plan, garden) => {
  reinstall(plan, garden.random.pick(retiredWindowsImages), garden);
});

/** Runs a Linux that Azure does not endorse. Whether its publisher has withdrawn the plan is not in the estate. */
export const unendorsedLinux = plant(
  'unendorsed Linux',
  { touches: ['guest'], signs: [warns('os-linux-supported'), leavesOpen('restore-placement')] },
  reinstalled(unendorsedLinuxImage),
);

const containerLinux: readonly Plant[] = containerLinuxImages.map((image) =>
  plant(
    `a Linux for containers only (${image.osName})`,
    { touches: ['guest'], signs: [warns('os-linux-supported'), warns('os-container-linux')] },
    reinstalled(image),
  ),
);

/** The guest itself says that it is of 32 bits; the image is the company's own. */
const thirtyTwoBit = plant('Windows of 32 bits', { touches: ['guest'], signs: [warns('os-64bit')] }, (plan, garden) => {
  reinstall(plan, thirtyTwoBitImage, garden);
  plan.isGalleryImage = true;
  run(plan);
});

/** Decoy: 32 and x86 stand in the name only. */
const thirtyTwoInName = plant('decoy: x86 and 32 only in its name', { touches: ['name'] }, (plan) => {
  plan.name = `vm-x86-erp32-${plan.number}`;
});

/** Decoy: the image is of 2012 R2, the guest was upgraded since. */
const upgradedInPlace = plant('decoy: Windows upgraded in place', { touches: ['guest'] }, (plan, garden) => {
  reinstall(plan, upgradedWindowsImage, garden);
  run(plan);
});

/** Decoy: containers and CoreOS stand in a tag only. */
const speaksOfContainers = plant('decoy: only a tag speaks of CoreOS', { touches: ['environment'] }, (plan) => {
  plan.tags['runs'] = 'docker on coreos';
});

/** Decoy: the company's own image; the guest tells what it runs. */
const ownImage = plant('decoy: image of its own gallery, and it runs', { touches: ['guest'] }, (plan) => {
  plan.isGalleryImage = true;
  run(plan);
});

/** Decoy: security features that are no problem for backup. */
const encryptedHost = plant('decoy: encryption at host', { touches: ['guest'] }, (plan) => {
  plan.edits.push(({ vm }) => {
    const known = vm.properties['securityProfile'];
    put(vm, 'properties.securityProfile', { ...(typeof known === 'object' ? known : {}), encryptionAtHost: true });
  });
});

/** Everything about operating systems. */
export const osPlants: readonly Plant[] = [
  retiredWindows,
  unendorsedLinux,
  ...containerLinux,
  plant('Windows Server 2008, older than any list', outOfSupport, reinstalled(oldestWindowsImage)),
  plant('decoy: Windows 11', { touches: ['guest'] }, reinstalled(desktopImage)),
  thirtyTwoBit,
  thirtyTwoInName,
  upgradedInPlace,
  speaksOfContainers,
  ownImage,
  encryptedHost,
];
