import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { type Browser, chromium } from 'playwright-core';

/** Names under which systems have the browser. */
const names = ['chromium', 'chromium-browser', 'google-chrome'];

async function findChromium(): Promise<string> {
  const { CHROMIUM_PATH: chosen, PATH: folders = '' } = process.env;
  if (chosen) {
    return chosen;
  }
  for (const path of folders.split(':').flatMap((folder) => names.map((name) => join(folder, name)))) {
    if (
      await access(path).then(
        () => true,
        () => false,
      )
    ) {
      return path;
    }
  }
  throw new Error('The browser tests need Chromium: apt-get install chromium, or set CHROMIUM_PATH to one.');
}

/** Starts the system's Chromium. Root, as whom builds run in containers, has no sandbox there. */
export async function startChromium(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({ executablePath: await findChromium(), args: isRoot ? ['--no-sandbox'] : [] });
}
