import type { GuestOs, Image } from '../domain/machine.ts';
import { cannotTell, defineRule } from '../domain/rule.ts';
import type { JudgementSettings } from '../domain/settings.ts';
import { isOneOf } from '../domain/word.ts';

/** Publishers of Windows images: those without a 32-bit SKU are 64-bit (ruling 33). */
const windowsPublishers = ['MicrosoftWindowsServer', 'MicrosoftWindowsDesktop'];

/** `x86_64` is 64-bit: `x86` alone is not. */
const bits32 = /32[-_ ]?bit|x86(?![-_]?64)/i;
/** A bare 32 counts only in a SKU: in the name of a guest it is a version (Fedora 32). */
const bits32InSku = /32[-_ ]?bit|x86(?![-_]?64)|(?:^|[-_ ])32(?:$|[-_ ])/i;
const bits64 = /64[-_ ]?bit|x86[-_]?64|\b(?:x64|amd64|arm64|aarch64)\b/i;

/** What the guest says about itself: it wins over its image (ruling 23). */
function bitsOfGuest({ name = '' }: GuestOs): 32 | 64 | undefined {
  if (bits32.test(name)) {
    return 32;
  }
  return bits64.test(name) ? 64 : undefined;
}

/** What the marketplace image says: endorsed Linux is 64-bit, Windows unless its SKU says otherwise. */
function bitsOfImage(
  { publisher = '', sku }: Image,
  { endorsedLinuxPublishers }: JudgementSettings,
): 32 | 64 | undefined {
  if (sku !== undefined && bits32InSku.test(sku)) {
    return 32;
  }
  if (isOneOf(publisher, windowsPublishers)) {
    return sku === undefined ? undefined : 64;
  }
  return isOneOf(publisher, endorsedLinuxPublishers) ? 64 : undefined;
}

export const os64bit = defineRule({
  id: 'os-64bit',
  title: 'The guest is 64-bit',
  category: 'limitation',
  severity: 'warning',
  rationale:
    'Agent-based backup does not support 32-bit operating systems. Azure does not expose the bitness: the name that the guest reports and the SKU of a marketplace image are hints. Images of Windows publishers without a 32-bit SKU and of endorsed Linux publishers are 64-bit.',
  sources: ['Support matrix for Azure VM backups, 2026-03-26'],
  reviewed: '2026-11-21',
  needs: {
    guestOs: (os) => ({
      osName: os.name,
      'imageReference.publisher': os.image?.publisher,
      'imageReference.sku': os.image?.sku,
    }),
  },
  pass: {
    GuestIs64Bit: 'The guest reports a 64-bit system: {os}.',
    ImageIs64Bit: 'The image of publisher {publisher} is 64-bit.',
  },
  fail: {
    GuestIs32Bit: 'The guest reports a 32-bit system, which is not supported: {os}.',
    ImageIs32Bit: 'The SKU {sku} of the image stands for a 32-bit system, which is not supported.',
  },
  remedies: {
    GuestIs32Bit: { text: 'Migrate to a 64-bit operating system.', commands: [] },
    ImageIs32Bit: { text: 'Migrate to a 64-bit operating system.', commands: [] },
  },
  check({ guestOs }, { settings }) {
    const os = guestOs.name ?? '';
    const guest = bitsOfGuest(guestOs);
    if (guest === 32) {
      return { kind: 'fail', reason: 'GuestIs32Bit', details: { os } };
    }
    if (guest === 64) {
      return { kind: 'pass', reason: 'GuestIs64Bit', details: { os } };
    }
    const image = guestOs.image ?? {};
    switch (bitsOfImage(image, settings)) {
      case 32:
        return { kind: 'fail', reason: 'ImageIs32Bit', details: { sku: image.sku ?? '' } };
      case 64:
        return { kind: 'pass', reason: 'ImageIs64Bit', details: { publisher: image.publisher ?? '' } };
      default:
        return cannotTell('not-exposed', 'Neither the guest nor a marketplace image tells whether this is 64-bit.');
    }
  },
});
