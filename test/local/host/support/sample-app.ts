import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const nodeModules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));

/** A tiny app: its files by path, package.json and host.json. What is left out has a default that works. */
export interface SampleApp {
  readonly files: Readonly<Record<string, string>>;
  readonly packageJson?: object;
  readonly hostJson?: object;
}

/** Writes the app into a new folder with the repository's node_modules; returns the folder. */
export async function writeApp({ files, packageJson, hostJson }: SampleApp): Promise<string> {
  const appDir = await mkdtemp(join(tmpdir(), 'backstop-host-'));
  await symlink(nodeModules, join(appDir, 'node_modules'), 'dir');
  const all = {
    'package.json': JSON.stringify({ name: 'sample', main: 'dist/*.js', ...packageJson }),
    'host.json': JSON.stringify({ version: '2.0', ...hostJson }),
    ...files,
  };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(appDir, path)), { recursive: true });
    await writeFile(join(appDir, path), text);
  }
  return appDir;
}

export async function removeApp(appDir: string): Promise<void> {
  await rm(appDir, { recursive: true, force: true });
}
