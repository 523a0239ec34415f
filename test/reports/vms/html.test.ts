import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { writeHtml } from '../../../lib/reports/vms/html.ts';
import { escapeHtml, html } from '../../../lib/reports/vms/html-text.ts';
import { completeHead, incompleteHead, sampleVm, sampleVms, sourceOf, textOf } from './sample.ts';

const attacks = [
  '<script>alert(1)</script>',
  '</title><img src=x onerror=alert(1)>',
  '"><svg onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></table>',
  '&lt;script&gt;',
  'a\u2028b',
  'a\u0000b',
  'a\u202eb',
  '<!--',
  ']]>',
];
const hostile = fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: 'binary' }));

/** The text that a browser shows for a text without markup. */
function shownOf(escaped: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return escaped.replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name] ?? '');
}

/** Names of all elements and attributes of a page, in their order. */
function skeletonOf(page: string): readonly string[] {
  return [...page.matchAll(/<(\/?[a-z!][\w-]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*>/gi)].map(
    ([, name, attributes = '']) =>
      `${name}${[...attributes.matchAll(/([\w-]+)(?:="[^"]*")?/g)].map(([, attribute]) => ` ${attribute}`).join('')}`,
  );
}

async function pageWith(text: string): Promise<string> {
  const vm = sampleVm(text, {
    verdict: 'at-risk',
    owner: text,
    resourceGroup: text,
    failing: ['health-rpo'],
    exemption: { origin: 'tag', name: text, until: text, reason: text },
    findings: [
      {
        outcome: 'fail',
        rule: 'health-rpo',
        category: 'backup-health',
        severity: 'blocker',
        reason: text,
        message: text,
        evidence: [],
        fix: { text, commands: [text] },
      },
    ],
  });
  const { completeness, exemptions } = incompleteHead;
  const head = {
    ...incompleteHead,
    scope: text,
    filters: { region: text },
    completeness: { ...completeness, gaps: [{ what: text, cause: text, detail: text }] },
    exemptions: exemptions.map((entry) => ({ ...entry, scope: text, owner: text, reason: text, ticket: text })),
  };
  return textOf(writeHtml(sourceOf([vm], head)));
}

describe('a text in a page', () => {
  it('is shown as it is, except that invisible characters are named', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const escaped = escapeHtml(text);

        expect(escaped).not.toMatch(/[<>"']/);
        expect(shownOf(escaped).replaceAll(/\[U\+[0-9A-F]{4}\]/g, '')).toBe(
          text.replaceAll(/\[U\+[0-9A-F]{4}\]|[^\P{Cc}\n]|[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, ''),
        );
      }),
    );
  });

  it.each([
    ['\u0000', '[U+0000]'],
    ['\u202e', '[U+202E]'],
    ['\u2028', '[U+2028]'],
    ['<b>', '&lt;b&gt;'],
  ])('tells %j as %s', (text, expected) => {
    expect(escapeHtml(text)).toBe(expected);
  });

  it('is markup only if a page has made it', () => {
    expect(html`<p>${'<b>'}${html`<i>${'&'}</i>`}</p>`.markup).toBe('<p>&lt;b&gt;<i>&amp;</i></p>');
  });
});

describe('vms.html', () => {
  it('has the same elements and attributes whatever names, tags and reasons say', async () => {
    const plain = skeletonOf(await pageWith('x'));

    expect(plain.length).toBeGreaterThan(300);
    await fc.assert(
      fc.asyncProperty(
        hostile.filter((text) => text !== ''),
        async (text) => {
          expect(skeletonOf(await pageWith(text))).toEqual(plain);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('runs nothing and asks nobody', async () => {
    const page = await textOf(writeHtml(sourceOf([sampleVm('web1')])));

    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"`);
    expect(page).not.toMatch(/<script|<link|<iframe|<img|@import|url\(|\bsrc=|\bhref=|\son\w+=/i);
  });

  it('never looks clean when something could not be read', async () => {
    const incomplete = await textOf(writeHtml(sourceOf(sampleVms, incompleteHead)));
    const complete = await textOf(writeHtml(sourceOf(sampleVms, completeHead)));

    expect(incomplete).toContain('<h1>INCOMPLETE: Backup of virtual machines</h1>');
    expect(incomplete).toContain('<section class="completeness incomplete"');
    expect(incomplete).toContain('2 of 3 subscriptions; gaps: 1');
    expect(complete).toContain('<h1>Backup of virtual machines</h1>');
    expect(complete).not.toContain('INCOMPLETE');
  });

  it.each([
    ['never-swept', 'No sweep has read everything yet'],
    ['running', 'A sweep is running'],
    ['planning', 'A sweep is running'],
    ['failed', 'Not everything could be read'],
  ])('says why it is incomplete when the newest sweep is %s', async (state, words) => {
    const head = { ...incompleteHead, completeness: { ...incompleteHead.completeness, state } };

    expect(await textOf(writeHtml(sourceOf([], head)))).toContain(words);
  });

  it('shows blocked VMs and those at risk before the others', async () => {
    const page = await textOf(writeHtml(sourceOf()));
    const table = page.slice(page.indexOf('id="vms"'));
    const places = ['HYPERLINK', 'app1', 'hid', 'web1', 'lab1', 'db1'].map((name) =>
      table.search(`<th scope="row" class="long">[^<]*${name}`),
    );

    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  it('says so when rows changed while it was made', async () => {
    const source = sourceOf();
    const changing = {
      ...source,
      vms: (verdict?: 'blocked') => (verdict === 'blocked' ? none() : source.vms(verdict)),
    };

    expect(await textOf(writeHtml(changing as typeof source))).toContain('5 VMs. The counts above speak of 6');
  });

  it('says that findings are evidence, never that anything complies', async () => {
    const page = await textOf(writeHtml(sourceOf()));

    expect(page).toContain('Evidence for');
    expect(page).not.toMatch(/compliant with|complies with/i);
  });
});

async function* none() {}
