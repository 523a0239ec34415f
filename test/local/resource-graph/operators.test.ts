import { expect, it } from 'vitest';

import { run, sampleRow } from './sample.ts';

const vm = (name: string, location: string, size: number | null, disks: unknown = []) =>
  sampleRow({ id: `/VM/${name}`, name, location, properties: { size, disks } });

const resources = [
  vm('b', 'west', 2, [{ lun: 0 }, { lun: 1 }]),
  vm('a', 'east', null, null),
  vm('c', 'west', 3, { one: 1, two: 2 }),
  vm('d', '', 1),
];
const item = (id: string, source: string, vault: string) => sampleRow({ id, properties: { source, vault } });
const recoveryservicesresources = [item('/i1', '/vm/B', 'v1'), item('/i2', '/vm/B', 'v2'), item('/i3', '/vm/Z', 'v3')];
const tables = { resources, recoveryservicesresources };

const items = 'recoveryservicesresources | project source = tolower(tostring(properties.source)), item = id';
const vms = 'resources | project name, source = tolower(id)';
const size = 'size = toint(properties.size)';

it.each([
  ["where location == 'west' | project name", [{ name: 'b' }, { name: 'c' }]],
  ['where toint(properties.size) > 1 | project name', [{ name: 'b' }, { name: 'c' }]],
  ['Resources | take 1 | project name', [{ name: 'b' }]],
  ['resources | limit 1 + 1 | count', [{ Count: 2 }]],
  ['resources | count as n', [{ n: 4 }]],
  [`resources | take 1 | project name | extend n = 1, strcat(name, 'x')`, [{ name: 'b', n: 1, Column1: 'bx' }]],
  [`resources | take 1 | project name, location | extend name = 'z'`, [{ name: 'z', location: 'west' }]],
  [
    'resources | take 1 | project tostring(properties.size), properties.disks[0].lun',
    [{ properties_size: '2', properties_disks_0_lun: 0 }],
  ],
  ['resources | take 1 | project-keep loc*, name', [{ name: 'b', location: 'west' }]],
  ['resources | take 1 | project name, location, id | project-away l*, id', [{ name: 'b' }]],
  ['resources | take 1 | project name, location | project-rename n = name', [{ n: 'b', location: 'west' }]],
  ['let least = 2; resources | where toint(properties.size) >= least | count', [{ Count: 2 }]],
  ["let west = resources | where location == 'west'; west | count", [{ Count: 2 }]],
  ["let west = (resources | where location == 'west'); union west, west | count", [{ Count: 4 }]],
  ['// a comment\nresources // another\n| count', [{ Count: 4 }]],
  // Order: descending by default, nulls first ascending and last descending
  [`resources | project name, ${size} | order by size | project name`, ['c', 'b', 'd', 'a'].map((name) => ({ name }))],
  [
    `resources | project name, ${size} | sort by size asc | project name`,
    ['a', 'd', 'b', 'c'].map((name) => ({ name })),
  ],
  [
    `resources | project name, ${size} | sort by size asc nulls last | project name`,
    ['d', 'b', 'c', 'a'].map((name) => ({ name })),
  ],
  [
    `resources | project name, ${size} | sort by size desc nulls first | project name`,
    ['a', 'c', 'b', 'd'].map((name) => ({ name })),
  ],
  ['resources | order by location asc, name desc | project name', ['d', 'a', 'c', 'b'].map((name) => ({ name }))],
  ['resources | top 2 by name asc | project name', [{ name: 'a' }, { name: 'b' }]],
  ['resources | distinct location', [{ location: 'west' }, { location: 'east' }, { location: '' }]],
  ['resources | project location | distinct *', [{ location: 'west' }, { location: 'east' }, { location: '' }]],
  // summarize
  [
    'resources | summarize count() by location',
    [
      { location: 'west', count_: 2 },
      { location: 'east', count_: 1 },
      { location: '', count_: 1 },
    ],
  ],
  [
    'resources | summarize by location, same = location',
    [
      { location: 'west', same: 'west' },
      { location: 'east', same: 'east' },
      { location: '', same: '' },
    ],
  ],
  [
    `resources | extend ${size} | summarize sum(size), avg(size), min(size), max(size), dcount(size)`,
    [{ sum_size: 6, avg_size: 2, min_size: 1, max_size: 3, dcount_size: 3 }],
  ],
  [
    `resources | extend ${size} | summarize n = countif(size > 1), s = sumif(size, location == 'west')`,
    [{ n: 2, s: 5 }],
  ],
  [
    `resources | extend ${size} | summarize make_list(size), make_set(location), two = make_list(name, 2)`,
    [{ list_size: [2, 3, 1], set_location: ['west', 'east', ''], two: ['b', 'a'] }],
  ],
  [
    'resources | where false | summarize n = count(), s = sum(1), m = max(1), l = make_list(name)',
    [{ n: 0, s: 0, m: null, l: [] }],
  ],
  ['resources | where false | summarize n = count() by name', []],
  [
    `resources | extend ${size} | summarize arg_max(size, name) by location`,
    [
      { location: 'west', size: 3, name: 'c' },
      { location: 'east', size: null, name: 'a' },
      { location: '', size: 1, name: 'd' },
    ],
  ],
  [`resources | project name, ${size} | summarize arg_min(size, *)`, [{ size: 1, name: 'd' }]],
  [`resources | extend ${size} | summarize (least, ['last']) = arg_min(size, name)`, [{ least: 1, last: 'd' }]],
  ['resources | order by name desc | summarize take_any(location), any(name)', [{ location: 'west', any_name: 'd' }]],
  [
    'resources | project name, location | summarize take_any(*) by location',
    [
      { location: 'west', name: 'b' },
      { location: 'east', name: 'a' },
      { location: '', name: 'd' },
    ],
  ],
  ["resources | summarize strcat(max(name), '!'), 1 + count(), count()", [{ Column1: 'd!', Column2: 5, count_: 4 }]],
  [
    'resources | summarize spent = sum(1h), latest = max(now())',
    [{ spent: '04:00:00', latest: '2026-11-20T12:00:00Z' }],
  ],
  [
    'resources | summarize count() by bin(toint(properties.size), 2)',
    [
      { properties_size: 2, count_: 2 },
      { properties_size: null, count_: 1 },
      { properties_size: 0, count_: 1 },
    ],
  ],
  // mv-expand
  [
    "resources | where name == 'b' | mv-expand disk = properties.disks | project name, lun = toint(disk.lun)",
    [
      { name: 'b', lun: 0 },
      { name: 'b', lun: 1 },
    ],
  ],
  [
    "resources | where name == 'b' | mv-expand with_itemindex = i disk = properties.disks limit 1 | project i",
    [{ i: 0 }],
  ],
  [
    "resources | where name == 'a' | mv-expand disk = properties.disks | project name, disk",
    [{ name: 'a', disk: null }],
  ],
  ["resources | where name == 'd' | mv-expand disk = properties.disks | count", [{ Count: 0 }]],
  [
    "resources | where name == 'c' | mv-expand properties.disks | project properties_disks",
    [{ properties_disks: { one: 1 } }, { properties_disks: { two: 2 } }],
  ],
  [
    "resources | where name == 'c' | mv-expand kind = array properties.disks | project properties_disks",
    [{ properties_disks: ['one', 1] }, { properties_disks: ['two', 2] }],
  ],
  [
    "resources | take 1 | mv-expand x = dynamic([1, 'a', null]) to typeof(long) | project x",
    [{ x: 1 }, { x: null }, { x: null }],
  ],
  [
    "resources | take 1 | mv-expand x = dynamic([1, 2]), y = dynamic(['a']) to typeof(string) | project x, y",
    [
      { x: 1, y: 'a' },
      { x: 2, y: '' },
    ],
  ],
  // join
  [
    `${vms} | join (${items}) on source | project name, item, source1`,
    [
      { name: 'b', item: '/i1', source1: '/vm/b' },
      { name: 'b', item: '/i2', source1: '/vm/b' },
    ],
  ],
  [
    `${vms} | join kind=leftouter (${items}) on source | project name, item`,
    [
      { name: 'b', item: '/i1' },
      { name: 'b', item: '/i2' },
      { name: 'a', item: '' },
      { name: 'c', item: '' },
      { name: 'd', item: '' },
    ],
  ],
  [
    `${items} | join kind=fullouter (${vms} | where name == 'b') on $left.source == $right.source | project item, name`,
    [
      { item: '/i1', name: 'b' },
      { item: '/i2', name: 'b' },
      { item: '/i3', name: '' },
    ],
  ],
  [
    `${vms} | where name == 'a' | join kind=fullouter (${items} | where item == '/i3') on source | project name, item`,
    [
      { name: 'a', item: '' },
      { name: '', item: '/i3' },
    ],
  ],
  [`${items} | join (${vms}) on source | project item`, [{ item: '/i1' }]],
  [`${items} | join kind=inner (${vms}) on source | project item`, [{ item: '/i1' }, { item: '/i2' }]],
  [
    `resources | project name, ${size} | join kind=inner (resources | project ${size}, other = name) on size | project name, other`,
    ['b', 'c', 'd'].map((name) => ({ name, other: name })),
  ],
  // union
  [
    'resources | take 1 | project name | union (resources | take 1 | project id, name)',
    [
      { name: 'b', id: '' },
      { name: 'b', id: '/VM/b' },
    ],
  ],
  [
    "union (resources | take 1 | project x = 1), (resources | take 1 | project x = 'a')",
    [
      { x_long: 1, x_string: '' },
      { x_long: null, x_string: 'a' },
    ],
  ],
  [
    'union kind=inner (resources | take 1 | project name, x = 1), (resources | take 1 | project name)',
    [{ name: 'b' }, { name: 'b' }],
  ],
])('%s', (text, expected) => {
  expect(run(text, tables)).toEqual(expected);
});

it('gives mv-expand 128 rows of a longer array, and more when told so', () => {
  const long = [sampleRow({ properties: { list: Array.from({ length: 500 }, (_, index) => index) } })];

  expect(run('resources | mv-expand properties.list | count', { resources: long })).toEqual([{ Count: 128 }]);
  expect(run('resources | mv-expand properties.list limit 400 | count', { resources: long })).toEqual([{ Count: 400 }]);
});
