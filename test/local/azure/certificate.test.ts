import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { makeCertificate } from '../../../local/azure/certificate.ts';

function newDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'certificate-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

test('the certificate is good for 127.0.0.1 and localhost and is its own authority', async () => {
  const { cert } = await makeCertificate(newDir());

  const parsed = new X509Certificate(cert);

  expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
  expect(parsed.checkHost('localhost')).toBe('localhost');
  expect(parsed.ca).toBe(true);
  expect(parsed.verify(parsed.publicKey)).toBe(true);
});

test('certificate and key are written where only their owner reads them', async () => {
  const dir = join(newDir(), 'new');

  const { cert, certFile, key, keyFile } = await makeCertificate(dir);

  expect(readFileSync(certFile, 'utf8')).toBe(cert);
  expect(readFileSync(keyFile, 'utf8')).toBe(key);
  expect([certFile, keyFile].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600]);
});
