import { describe, expect, it } from 'vitest';

import { parseServiceTag, tagCovers } from '../../../lib/rules/network/service-tag.ts';
import { noServiceTagData, readServiceTagData } from '../../../lib/rules/network/service-tag-data.ts';

describe('a tag covers Azure Backup, storage of westeurope and Entra ID', () => {
  it.each([
    ['Internet', 'yes', 'yes', 'yes'],
    ['AzureCloud', 'yes', 'yes', 'yes'],
    ['AzureCloud.westeurope', 'maybe', 'yes', 'maybe'],
    ['AzureCloud.West Europe', 'maybe', 'yes', 'maybe'],
    ['AzureCloud.northeurope', 'maybe', 'no', 'maybe'],
    ['Storage', 'no', 'yes', 'no'],
    ['storage.WestEurope', 'no', 'yes', 'no'],
    ['Storage.northeurope', 'no', 'no', 'no'],
    ['AzureBackup', 'yes', 'no', 'no'],
    ['AzureBackup.westeurope', 'maybe', 'no', 'no'],
    ['AzureActiveDirectory', 'no', 'no', 'yes'],
    ['AzureActiveDirectoryDomainServices', 'no', 'no', 'no'],
    ['AzureLoadBalancer', 'no', 'no', 'no'],
    ['StorageSyncService', 'no', 'no', 'no'],
    ['Sql', 'no', 'no', 'no'],
  ] as const)('%s: %s, %s, %s', (text, backup, storage, entra) => {
    const tag = parseServiceTag(text) ?? { name: '' };

    expect(tagCovers(tag, 'AzureBackup', 'westeurope')).toBe(backup);
    expect(tagCovers(tag, 'Storage', 'westeurope')).toBe(storage);
    expect(tagCovers(tag, 'AzureActiveDirectory', 'westeurope')).toBe(entra);
  });

  it('perhaps, if the tag names a region and the region of the VM is not known', () => {
    expect(tagCovers({ name: 'storage', region: 'westeurope' }, 'Storage', undefined)).toBe('maybe');
  });
});

it.each([
  ['AzureCloud.centralfrance', 'francecentral'],
  ['AzureCloud.switzerlandn', 'switzerlandnorth'],
  ['AzureCloud.norwayeast', 'norwayeast'],
])('%s is the region %s', (text, region) => {
  expect(parseServiceTag(text)?.region).toBe(region);
});

it.each(['', '*', '10.0.0.0/8', '300.1.1.1', '::/0', 'a b'])('%j is no tag', (text) => {
  expect(parseServiceTag(text)).toBeUndefined();
});

describe('service tag data', () => {
  const values = [
    { name: 'AzureBackup', properties: { addressPrefixes: ['20.36.107.32/29', '2603:1020::/32'] } },
    { name: 'Storage.WestEurope', properties: { addressPrefixes: ['2603:1020::/32'] } },
    { name: 'Broken', properties: 7 },
  ];

  it('lists the IPv4 prefixes of a tag', () => {
    const data = readServiceTagData({ values });

    expect(data.prefixesOf({ name: 'azurebackup' })).toHaveLength(1);
    expect(data.prefixesOf({ name: 'storage', region: 'westeurope' })).toBeUndefined();
    expect(data.prefixesOf({ name: 'broken' })).toBeUndefined();
  });

  it('takes the name of a tag before its id, and leaves out what is no prefix', () => {
    const properties = { addressPrefixes: [7, null, '20.36.107.32/29', 'garbage'] };
    const data = readServiceTagData({
      values: [
        { name: 'AzureBackup', id: 'Sql', properties },
        { id: 'Storage.WestEurope', properties },
        { name: 'Storage', properties: { addressPrefixes: [] } },
        { name: '10.0.0.0/8', properties },
        null,
      ],
    });

    expect(data.prefixesOf({ name: 'azurebackup' })).toMatchObject([{ length: 29 }]);
    expect(data.prefixesOf({ name: 'storage', region: 'westeurope' })).toMatchObject([{ length: 29 }]);
    expect(data.prefixesOf({ name: 'storage' })).toBeUndefined();
    expect(data.prefixesOf({ name: 'sql' })).toBeUndefined();
  });

  it.each(['garbage', 7, null])('whose list of tags is %j lists nothing', (values) => {
    expect(readServiceTagData({ values }).prefixesOf({ name: 'azurebackup' })).toBeUndefined();
  });

  it('of one download is read once and differs from every other', () => {
    const download = { values };

    expect(readServiceTagData(download)).toBe(readServiceTagData(download));
    expect(readServiceTagData({ values }).edition).not.toBe(readServiceTagData(download).edition);
  });

  it('that is not there lists nothing', () => {
    expect(readServiceTagData(null)).toBe(noServiceTagData);
    expect(noServiceTagData.prefixesOf({ name: 'azurebackup' })).toBeUndefined();
  });
});
