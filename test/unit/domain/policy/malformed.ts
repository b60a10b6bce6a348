/** A policy of version 1 that goes on with these lines. */
const text = (...lines: string[]) => ['version: 1', ...lines, ''].join('\n');
const times = (n: number, one: (i: number) => string) =>
  Array.from({ length: n }, (_, i) => one(i)).join(', ');

/** What is wrong with it, the text, and each problem as `LINE:COLUMN code: sentence`. */
export const malformed: [string, string, string[]][] = [
  // no YAML
  [
    'a list that is not closed',
    text('keep: ['),
    [
      '3:1 syntax: This cannot be read as YAML 1.2: it ends too early; expected the bracket or quote that is still open to be closed.',
    ],
  ],
  [
    'a tab',
    text('\tmode: auto'),
    [
      '2:1 syntax: This cannot be read as YAML 1.2: "mode: auto"; expected blanks instead of tabs before a key.',
    ],
  ],
  [
    'a tab as indentation',
    text('limits:', '\tpause: 1s'),
    [
      '3:1 syntax: This cannot be read as YAML 1.2: "pause: 1s"; expected blanks instead of tabs before a key.',
    ],
  ],
  [
    'two documents',
    text('---', 'version: 1'),
    ['2:1 syntax: This cannot be read as YAML 1.2: "---"; expected a single document.'],
  ],
  [
    'a key twice',
    text('mode: auto', 'mode: confirm'),
    ['3:1 duplicate-key: The key "mode" is written twice; keep one of the two.'],
  ],
  [
    'a key twice in a rule',
    text('keep:', '  - { match: a, last: 1, match: b }'),
    ['3:26 duplicate-key: The key "match" is written twice; keep one of the two.'],
  ],
  [
    'a tag',
    'version: !!set 1\n',
    ['1:10 syntax: This cannot be read as YAML 1.2: "version: !!set 1".'],
  ],
  [
    'an alias of nothing',
    text('keep: *gone'),
    [
      '2:7 syntax: This cannot be read as YAML 1.2: "*gone"; expected quotes around a text that begins with "*". "*gone" was probably meant.',
    ],
  ],
  [
    'an alias of what it stands in',
    text('keep: &a [ *a ]'),
    [
      '2:12 syntax: This cannot be read as YAML 1.2: "*a"; expected quotes around a text that begins with "*". "*a" was probably meant.',
    ],
  ],
  [
    'more than 20 aliases',
    text('keep:', `  - match: [ &a x, ${times(21, () => '*a')} ]`),
    ['1:1 too-many-aliases: The file has 21 aliases, but may have at most 20.'],
  ],
  [
    'aliases that multiply',
    text(
      'note: &a0 [x, x]',
      ...Array.from({ length: 22 }, (_, i) => `n${i}: &a${i + 1} [*a${i}, *a${i}]`),
    ),
    ['1:1 too-many-aliases: The file has 44 aliases, but may have at most 20.'],
  ],
  [
    'a quote that is not closed',
    text('mode: "auto'),
    [
      '3:1 syntax: This cannot be read as YAML 1.2: it ends too early; expected the bracket or quote that is still open to be closed.',
    ],
  ],
  [
    'wrong indentation',
    text('limits:', '  pause: 1s', ' maxItems: 5'),
    [
      '4:1 syntax: This cannot be read as YAML 1.2: "maxItems: 5"; expected the same indentation for all keys of a mapping.',
    ],
  ],
  [
    'a value that opens like a quote and goes on',
    text('grace: "24" h'),
    ['2:13 syntax: This cannot be read as YAML 1.2: "grace: \\"24\\" h".'],
  ],
  [
    'a pattern that opens with a star unquoted',
    text('keep:', '  - match: **'),
    [
      '3:12 syntax: This cannot be read as YAML 1.2: "**"; expected quotes around a text that begins with "*". "**" was probably meant.',
    ],
  ],
  [
    'a percent sign first',
    text('grace: %5'),
    ['2:8 syntax: This cannot be read as YAML 1.2: "grace: %5".'],
  ],
  [
    'an older YAML',
    '%YAML 1.1\n---\nversion: 1\nmode: yes\n',
    ['4:7 bad-value: mode is "yes", but must be one of suggest, confirm, auto.'],
  ],
  [
    'bytes that were no UTF-8',
    text('protect:', '  - { match: a, note: "caf\uFFFD" }'),
    ['3:27 syntax: This cannot be read as UTF-8: "- { match: a, note: \\"caf\uFFFD\\" }".'],
  ],
  [
    '256 kB and more',
    text(`#${'x'.repeat(256_000)}`),
    ['1:1 too-large: The file has 257 kB, but may have at most 256 kB.'],
  ],
  // the whole
  ['nothing', '', ['1:1 missing: version is missing here; expected 1.']],
  ['only comments', '# nothing\n', ['1:1 missing: version is missing here; expected 1.']],
  [
    'a text',
    'just text\n',
    ['1:1 wrong-type: The policy is "just text", but must be keys with values.'],
  ],
  [
    'a list',
    '- version: 1\n',
    ['1:1 wrong-type: The policy is a list, but must be keys with values.'],
  ],
  ['a number', '1\n', ['1:1 wrong-type: The policy is 1, but must be keys with values.']],
  ['no version', 'mode: auto\n', ['1:1 missing: version is missing here; expected 1.']],
  ['a later version', 'version: 2\n', ['1:10 bad-value: version is 2, but must be 1.']],
  [
    'a version in quotes',
    'version: "1"\n',
    ['1:10 bad-value: version is "1", but must be 1. "1" was probably meant.'],
  ],
  ['no value for the version', 'version:\n', ['1:1 bad-value: version is empty, but must be 1.']],
  // keys
  [
    'a misspelt key',
    text('mdoe: auto'),
    [
      '2:1 unknown-key: The key "mdoe" is not known here; expected one of version, mode, protect, keep, remove, grace, rollback, containers, networks, buildCache, triggers, limits, update. "mode" was probably meant.',
    ],
  ],
  [
    'a key in capitals',
    text('Protect: []'),
    [
      '2:1 unknown-key: The key "Protect" is not known here; expected one of version, mode, protect, keep, remove, grace, rollback, containers, networks, buildCache, triggers, limits, update. "protect" was probably meant.',
    ],
  ],
  [
    'a key that is near to none',
    text('zebra: 1'),
    [
      '2:1 unknown-key: The key "zebra" is not known here; expected one of version, mode, protect, keep, remove, grace, rollback, containers, networks, buildCache, triggers, limits, update.',
    ],
  ],
  [
    'a misspelt key of a protect rule',
    text('protect:', '  - { mach: a }'),
    [
      '3:7 unknown-key: The key "mach" is not known here; expected one of id, match, labels, platform, origin, largerThan, untagged, project, until, note. "match" was probably meant.',
    ],
  ],
  [
    'a misspelt key of a keep rule',
    text('keep:', '  - match: a', '    usedwithin: 3d'),
    [
      '4:5 unknown-key: The key "usedwithin" is not known here; expected one of id, match, labels, platform, origin, largerThan, untagged, project, last, per, usedWithin. "usedWithin" was probably meant.',
    ],
  ],
  [
    'a key of another kind of rule',
    text('remove:', '  - { match: a, usedWithin: 3d }'),
    [
      '3:17 unknown-key: The key "usedWithin" is not known here; expected one of id, match, labels, platform, origin, largerThan, untagged, project, unusedFor, mode.',
    ],
  ],
  [
    'a misspelt key of rollback',
    text('rollback: { version: 2 }'),
    [
      '2:13 unknown-key: The key "version" is not known here; expected one of versions, for. "versions" was probably meant.',
    ],
  ],
  [
    'a misspelt key of containers',
    text('containers: { enable: true }'),
    [
      '2:15 unknown-key: The key "enable" is not known here; expected one of enabled, exitedFor. "enabled" was probably meant.',
    ],
  ],
  [
    'a misspelt key of networks',
    text('networks: { unusedfor: 3d }'),
    [
      '2:13 unknown-key: The key "unusedfor" is not known here; expected one of enabled, unusedFor. "unusedFor" was probably meant.',
    ],
  ],
  [
    'a misspelt key of buildCache',
    text('buildCache: { kep: 5GB }'),
    [
      '2:15 unknown-key: The key "kep" is not known here; expected one of enabled, unusedFor, keep. "keep" was probably meant.',
    ],
  ],
  [
    'a misspelt key of triggers',
    text('triggers: { shedule: "0 12 * * *" }'),
    [
      '2:13 unknown-key: The key "shedule" is not known here; expected one of schedule, afterUpdate, pressure, hostNotice, images. "schedule" was probably meant.',
    ],
  ],
  [
    'a misspelt key of pressure',
    text('triggers:', '  pressure: { hgh: 85%, low: 75% }'),
    [
      '3:13 missing: triggers.pressure.high is missing here; expected a percentage such as 85%.',
      '3:15 unknown-key: The key "hgh" is not known here; expected one of high, low, cooldown, free, to. "high" was probably meant.',
    ],
  ],
  [
    'a misspelt key of the budget',
    text('triggers: { images: { max: 40GB, two: 30GB } }'),
    [
      '2:21 missing: triggers.images.to is missing here; expected a size such as 10GB or 500MiB.',
      '2:34 unknown-key: The key "two" is not known here; expected one of max, to. "to" was probably meant.',
    ],
  ],
  [
    'a misspelt key of limits',
    text('limits: { maxItem: 5 }'),
    [
      '2:11 unknown-key: The key "maxItem" is not known here; expected one of pause, maxItems, maxBytes. "maxItems" was probably meant.',
    ],
  ],
  [
    'a merge key',
    text('<<: { mode: auto }'),
    [
      '2:1 unknown-key: The key "<<" is not known here; expected one of version, mode, protect, keep, remove, grace, rollback, containers, networks, buildCache, triggers, limits, update.',
    ],
  ],
  [
    'a key with a meaning in JavaScript',
    text('__proto__: { mode: auto }'),
    [
      '2:1 unknown-key: The key "__proto__" is not known here; expected one of version, mode, protect, keep, remove, grace, rollback, containers, networks, buildCache, triggers, limits, update.',
    ],
  ],
  [
    'a mark of the host without its unit',
    text('triggers: { hostNotice: 90 }'),
    [
      '2:25 wrong-type: triggers.hostNotice is 90, but must be a percentage such as 85%. "90%" was probably meant.',
    ],
  ],
  // types
  [
    'a list without a value',
    text('protect:', 'keep: []'),
    ['2:1 wrong-type: protect is empty, but must be a list.'],
  ],
  [
    'a mapping for a list',
    text('keep: { match: a }'),
    ['2:7 wrong-type: keep is a mapping, but must be a list.'],
  ],
  [
    'a text for a rule',
    text('keep:', '  - a'),
    ['3:5 wrong-type: keep[0] is "a", but must be keys with values.'],
  ],
  [
    'a list for a rule',
    text('keep:', '  - - match: a'),
    ['3:5 wrong-type: keep[0] is a list, but must be keys with values.'],
  ],
  [
    'a list for a mapping',
    text('limits:', '  - pause: 1s'),
    ['3:3 wrong-type: limits is a list, but must be keys with values.'],
  ],
  [
    'a mapping without a value',
    text('containers:'),
    ['2:1 wrong-type: containers is empty, but must be keys with values.'],
  ],
  [
    'a text for a mapping',
    text('triggers: daily'),
    ['2:11 wrong-type: triggers is "daily", but must be keys with values.'],
  ],
  [
    'a flag for a mapping',
    text('buildCache: true'),
    ['2:13 wrong-type: buildCache is true, but must be keys with values.'],
  ],
  [
    'a number for a match',
    text('keep:', '  - { match: 5 }'),
    ['3:14 wrong-type: keep[0].match is 5, but must be a text or a list of texts.'],
  ],
  [
    'a number in a match',
    text('keep:', '  - match: [a, 5]'),
    [
      '3:16 wrong-type: keep[0].match[1] is 5, but must be a pattern such as "myorg/*" or "postgres:16", without blanks and with at most three wildcards in a part.',
    ],
  ],
  [
    'a mapping for a match',
    text('keep:', '  - match: { a: b }'),
    ['3:12 wrong-type: keep[0].match is a mapping, but must be a text or a list of texts.'],
  ],
  [
    'an empty match',
    text('keep:', '  - match: []'),
    ['3:12 bad-value: keep[0].match is a list, but must be a list with at least one entry.'],
  ],
  [
    'a label without quotes',
    text('protect:', '  - labels: { careen.keep: true }'),
    [
      '3:28 wrong-type: protect[0].labels.careen.keep is true, but must be a text in quotes, such as "true".',
    ],
  ],
  [
    'a label without a value',
    text('protect:', '  - labels: { careen.keep: }'),
    [
      '3:15 wrong-type: protect[0].labels.careen.keep is empty, but must be a text in quotes, such as "true".',
    ],
  ],
  [
    'a list of labels',
    text('protect:', '  - labels: [careen.keep]'),
    ['3:13 wrong-type: protect[0].labels is a list, but must be keys with values.'],
  ],
  [
    'yes, which is a text in YAML 1.2',
    text('remove:', '  - { untagged: yes }'),
    [
      '3:17 wrong-type: remove[0].untagged is "yes", but must be true or false. "true" was probably meant.',
    ],
  ],
  [
    'off, which is a text too',
    text('networks: { enabled: off }'),
    [
      '2:22 wrong-type: networks.enabled is "off", but must be true or false. "false" was probably meant.',
    ],
  ],
  [
    'a number for a text',
    text('protect:', '  - { match: a, note: 5 }'),
    ['3:23 wrong-type: protect[0].note is 5, but must be a text.'],
  ],
  [
    'a number for a platform',
    text('keep:', '  - { platform: 64 }'),
    ['3:17 wrong-type: keep[0].platform is 64, but must be a text or a list of texts.'],
  ],
  // values
  [
    'a mode that is none',
    text('mode: atuo'),
    [
      '2:7 bad-value: mode is "atuo", but must be one of suggest, confirm, auto. "auto" was probably meant.',
    ],
  ],
  [
    'a mode in capitals',
    text('mode: Confirm'),
    [
      '2:7 bad-value: mode is "Confirm", but must be one of suggest, confirm, auto. "confirm" was probably meant.',
    ],
  ],
  [
    'no mode',
    text('mode: null'),
    ['2:7 bad-value: mode is empty, but must be one of suggest, confirm, auto.'],
  ],
  [
    'an origin that is none',
    text('remove:', '  - { match: a, origin: puled }'),
    [
      '3:25 bad-value: remove[0].origin is "puled", but must be one of pulled, built, loaded, unknown. "pulled" was probably meant.',
    ],
  ],
  [
    'an origin in a list',
    text('remove:', '  - { match: a, origin: [pulled, bulit] }'),
    [
      '3:34 bad-value: remove[0].origin[1] is "bulit", but must be one of pulled, built, loaded, unknown. "built" was probably meant.',
    ],
  ],
  [
    'a project that is none',
    text('keep:', '  - { project: here }'),
    ['3:16 bad-value: keep[0].project is "here", but must be one of present, gone.'],
  ],
  [
    'a mode of a rule',
    text('remove:', '  - { match: a, mode: ask }'),
    ['3:23 bad-value: remove[0].mode is "ask", but must be one of suggest, confirm, auto.'],
  ],
  [
    'a family misspelt',
    text('keep:', '  - { match: a, last: 3, per: familly }'),
    [
      '3:31 bad-value: keep[0].per is "familly", but must be one of repository, family. "family" was probably meant.',
    ],
  ],
  [
    'a duration without a unit',
    text('grace: 24'),
    ['2:8 wrong-type: grace is 24, but must be a duration such as 30d, 24h or 250ms.'],
  ],
  [
    'a duration of nothing',
    text('grace: 0'),
    [
      '2:8 wrong-type: grace is 0, but must be a duration such as 30d, 24h or 250ms. "0s" was probably meant.',
    ],
  ],
  [
    'a duration in words',
    text('grace: 1 day'),
    [
      '2:8 bad-value: grace is "1 day", but must be a duration such as 30d, 24h or 250ms. "1d" was probably meant.',
    ],
  ],
  [
    'a negative duration',
    text('grace: -1d'),
    ['2:8 bad-value: grace is "-1d", but must be a duration such as 30d, 24h or 250ms.'],
  ],
  [
    'a unit in capitals',
    text('keep:', '  - { match: "**", usedWithin: 90D }'),
    [
      '3:32 bad-value: keep[0].usedWithin is "90D", but must be a duration such as 30d, 24h or 250ms. "90d" was probably meant.',
    ],
  ],
  [
    'weeks',
    text('containers: { exitedFor: 2w }'),
    [
      '2:26 bad-value: containers.exitedFor is "2w", but must be a duration such as 30d, 24h or 250ms. "14d" was probably meant.',
    ],
  ],
  [
    'a broken hour',
    text('networks: { unusedFor: 1.5h }'),
    [
      '2:24 bad-value: networks.unusedFor is "1.5h", but must be a duration such as 30d, 24h or 250ms. "90m" was probably meant.',
    ],
  ],
  [
    'a duration too large',
    text('rollback: { for: 999999999999d }'),
    [
      '2:18 bad-value: rollback.for is "999999999999d", but must be a duration such as 30d, 24h or 250ms.',
    ],
  ],
  [
    'a duration that is none',
    text('remove:', '  - { unusedFor: soon }'),
    [
      '3:18 bad-value: remove[0].unusedFor is "soon", but must be a duration such as 30d, 24h or 250ms.',
    ],
  ],
  [
    'a size with a blank',
    text('remove:', '  - { largerThan: 10 GB }'),
    [
      '3:19 bad-value: remove[0].largerThan is "10 GB", but must be a size such as 10GB or 500MiB. "10GB" was probably meant.',
    ],
  ],
  [
    'a size in small letters',
    text('buildCache: { keep: 5gb }'),
    [
      '2:21 bad-value: buildCache.keep is "5gb", but must be a size such as 10GB or 500MiB. "5GB" was probably meant.',
    ],
  ],
  [
    'a size without B',
    text('limits: { maxBytes: 20G }'),
    [
      '2:21 bad-value: limits.maxBytes is "20G", but must be a size such as 10GB or 500MiB. "20GB" was probably meant.',
    ],
  ],
  [
    'a size with a comma',
    text('limits: { maxBytes: "1,5 GiB" }'),
    [
      '2:21 bad-value: limits.maxBytes is "1,5 GiB", but must be a size such as 10GB or 500MiB. "1.5GiB" was probably meant.',
    ],
  ],
  [
    'a size without a unit',
    text('limits: { maxBytes: 20 }'),
    ['2:21 wrong-type: limits.maxBytes is 20, but must be a size such as 10GB or 500MiB.'],
  ],
  [
    'a percentage without its sign',
    text('triggers:', '  pressure: { high: 85, low: 75% }'),
    [
      '3:21 wrong-type: triggers.pressure.high is 85, but must be a percentage such as 85%. "85%" was probably meant.',
    ],
  ],
  [
    'a percentage as a fraction',
    text('triggers:', '  pressure: { high: 85%, low: 0.75 }'),
    [
      '3:31 wrong-type: triggers.pressure.low is 0.75, but must be a percentage such as 85%. "75%" was probably meant.',
    ],
  ],
  [
    'a percentage above 100',
    text('triggers:', '  pressure: { high: 120%, low: 75% }'),
    ['3:21 bad-value: triggers.pressure.high is "120%", but must be a percentage such as 85%.'],
  ],
  [
    'a count of nothing',
    text('keep:', '  - { match: "**", last: 0 }'),
    ['3:26 bad-value: keep[0].last is 0, but must be a whole number, 1 or more.'],
  ],
  [
    'a count in quotes',
    text('keep:', '  - { match: "**", last: "3" }'),
    [
      '3:26 wrong-type: keep[0].last is "3", but must be a whole number, 1 or more. "3" was probably meant.',
    ],
  ],
  [
    'a broken count',
    text('keep:', '  - { match: "**", last: 1.5 }'),
    ['3:26 wrong-type: keep[0].last is 1.5, but must be a whole number, 1 or more.'],
  ],
  [
    'no version to go back to, negative',
    text('rollback: { versions: -1 }'),
    ['2:23 bad-value: rollback.versions is -1, but must be a whole number, 0 or more.'],
  ],
  [
    'no item',
    text('limits: { maxItems: 0 }'),
    ['2:21 bad-value: limits.maxItems is 0, but must be a whole number, 1 or more.'],
  ],
  [
    'a date in words',
    text('protect:', '  - { match: a, until: tomorrow }'),
    [
      '3:24 bad-value: protect[0].until is "tomorrow", but must be a date such as 2027-01-31, or a moment with its zone such as 2027-01-31T18:00:00Z.',
    ],
  ],
  [
    'a day that there is not',
    text('protect:', '  - { match: a, until: 2027-02-30 }'),
    [
      '3:24 bad-value: protect[0].until is "2027-02-30", but must be a date such as 2027-01-31, or a moment with its zone such as 2027-01-31T18:00:00Z.',
    ],
  ],
  [
    'a date with slashes',
    text('protect:', '  - { match: a, until: 2027/1/31 }'),
    [
      '3:24 bad-value: protect[0].until is "2027/1/31", but must be a date such as 2027-01-31, or a moment with its zone such as 2027-01-31T18:00:00Z. "2027-01-31" was probably meant.',
    ],
  ],
  [
    'a moment without a zone',
    text('protect:', '  - { match: a, until: 2027-01-31T10:00:00 }'),
    [
      '3:24 bad-value: protect[0].until is "2027-01-31T10:00:00", but must be a date such as 2027-01-31, or a moment with its zone such as 2027-01-31T18:00:00Z.',
    ],
  ],
  [
    'an empty pattern',
    text('keep:', '  - match: ""'),
    [
      '3:12 bad-value: keep[0].match is "", but must be a pattern such as "myorg/*" or "postgres:16", without blanks and with at most three wildcards in a part.',
    ],
  ],
  [
    'a pattern with a blank',
    text('keep:', '  - match: [a, "b c"]'),
    [
      '3:16 bad-value: keep[0].match[1] is "b c", but must be a pattern such as "myorg/*" or "postgres:16", without blanks and with at most three wildcards in a part.',
    ],
  ],
  [
    'a pattern with four wildcards',
    text('keep:', '  - match: "*a*b*c*d"'),
    [
      '3:12 bad-value: keep[0].match is "*a*b*c*d", but must be a pattern such as "myorg/*" or "postgres:16", without blanks and with at most three wildcards in a part.',
    ],
  ],
  [
    'a pattern of 257 characters',
    text('keep:', `  - match: ${'a'.repeat(257)}`),
    [
      '3:12 bad-value: keep[0].match is "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…", but must be a pattern such as "myorg/*" or "postgres:16", without blanks and with at most three wildcards in a part.',
    ],
  ],
  [
    'an id with a blank',
    text('remove:', '  - { id: "a b", match: a }'),
    [
      '3:11 bad-value: remove[0].id is "a b", but must be a name of letters, digits, ".", "_" and "-", at most 64.',
    ],
  ],
  [
    'a note of 1001 characters',
    text('protect:', `  - { match: a, note: ${'n'.repeat(1_001)} }`),
    [
      '3:23 bad-value: protect[0].note is "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn…", but must be a text of at most 1000 characters.',
    ],
  ],
  [
    'a list of 1001 rules',
    text(`keep: [${times(1_001, (i) => `{ match: a${i} }`)}]`),
    ['2:7 bad-value: keep is a list, but must be a list of at most 1000 entries.'],
  ],
  [
    'a schedule with too few fields',
    text('triggers: { schedule: "0 12 * *" }'),
    [
      '2:23 bad-value: triggers.schedule is "0 12 * *", but must be a cron expression of five fields such as "0 12 * * *", or @daily.',
    ],
  ],
  [
    'a schedule with seconds',
    text('triggers: { schedule: "0 0 12 * * *" }'),
    [
      '2:23 bad-value: triggers.schedule is "0 0 12 * * *", but must be a cron expression of five fields such as "0 12 * * *", or @daily.',
    ],
  ],
  [
    'an hour that there is not',
    text('triggers: { schedule: "0 25 * * *" }'),
    [
      '2:23 bad-value: triggers.schedule is "0 25 * * *", but must be a cron expression of five fields such as "0 12 * * *", or @daily.',
    ],
  ],
  [
    'a schedule by a misspelt name',
    text('triggers: { schedule: "@dayly" }'),
    [
      '2:23 bad-value: triggers.schedule is "@dayly", but must be a cron expression of five fields such as "0 12 * * *", or @daily. "@daily" was probably meant.',
    ],
  ],
  [
    'a schedule in words',
    text('triggers: { schedule: every day }'),
    [
      '2:23 bad-value: triggers.schedule is "every day", but must be a cron expression of five fields such as "0 12 * * *", or @daily.',
    ],
  ],
  // updates
  [
    'a misspelt key of update',
    text('update: { checks: { every: 6h } }'),
    [
      '2:11 unknown-key: The key "checks" is not known here; expected one of check, default, containers. "check" was probably meant.',
    ],
  ],
  [
    'a misspelt key of update.default',
    text('update:', '  default: { minage: 3d }'),
    [
      '3:14 unknown-key: The key "minage" is not known here; expected one of mode, tags, minAge, settle, proveWithin, stuckAfter, hooks, askAbove, copyUpTo, probe. "minAge" was probably meant.',
    ],
  ],
  [
    'an update mode that is none',
    text('update: { default: { mode: confirm } }'),
    [
      '2:28 bad-value: update.default.mode is "confirm", but must be one of auto, notify, tell, ignore.',
    ],
  ],
  [
    'a check without a pause',
    text('update: { check: { every: 0s } }'),
    ['2:27 bad-value: update.check.every is "0s", but must be a duration of at least 1s.'],
  ],
  [
    'a size without a unit',
    text('update: { default: { askAbove: 2 } }'),
    ['2:32 wrong-type: update.default.askAbove is 2, but must be a size such as 10GB or 500MiB.'],
  ],
  [
    'an entry without a container',
    text('update:', '  containers:', '    - { mode: auto }'),
    [
      '4:7 missing: update.containers[0] needs match or image, which say of which containers it speaks.',
    ],
  ],
  [
    'an entry with a misspelt container',
    text('update:', '  containers:', '    - { mach: web, mode: auto }'),
    [
      '4:9 unknown-key: The key "mach" is not known here; expected one of match, image, mode, tags, minAge, settle, proveWithin, stuckAfter, hooks, askAbove, copyUpTo, probe. "match" was probably meant.',
    ],
  ],
  [
    'a container name with a blank',
    text('update: { containers: [{ match: "my web" }] }'),
    [
      '2:33 bad-value: update.containers[0].match is "my web", but must be a container name such as "web" or "web-*", without blanks and with at most three wildcards.',
    ],
  ],
  [
    'a container name with four wildcards',
    text('update: { containers: [{ match: [a, "*a*b*c*d"] }] }'),
    [
      '2:37 bad-value: update.containers[0].match[1] is "*a*b*c*d", but must be a container name such as "web" or "web-*", without blanks and with at most three wildcards.',
    ],
  ],
  [
    'tags that are none',
    text('update: { default: { tags: miner } }'),
    [
      '2:28 bad-value: update.default.tags is "miner", but must be one of same, patch, minor, major. "minor" was probably meant.',
    ],
  ],
  [
    'tags as a list',
    text('update: { default: { tags: [minor] } }'),
    [
      '2:28 wrong-type: update.default.tags is a list, but must be one of same, patch, minor, major, or keys such as include.',
    ],
  ],
  [
    'tags that say nothing',
    text('update: { default: { tags: {} } }'),
    ['2:28 missing: update.default.tags needs include, exclude or transform.'],
  ],
  [
    'a misspelt key of tags',
    text('update: { default: { tags: { includes: x } } }'),
    [
      '2:30 unknown-key: The key "includes" is not known here; expected one of include, exclude, transform. "include" was probably meant.',
    ],
  ],
  [
    'a regular expression that is not closed',
    text('update:', '  containers:', '    - match: web', '      tags:', '        include: "^("'),
    [
      '6:18 bad-value: update.containers[0].tags.include is "^(", but must be a regular expression of at most 512 characters, without look-around and back-references.',
    ],
  ],
  [
    'a regular expression with look-around',
    text('update: { default: { tags: { exclude: "^(?!rc)" } } }'),
    [
      '2:39 bad-value: update.default.tags.exclude is "^(?!rc)", but must be a regular expression of at most 512 characters, without look-around and back-references.',
    ],
  ],
  [
    'a regular expression of 513 characters',
    text(`update: { default: { tags: { include: ${'x'.repeat(513)} } } }`),
    [
      '2:39 bad-value: update.default.tags.include is "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…", but must be a regular expression of at most 512 characters, without look-around and back-references.',
    ],
  ],
  [
    'a regular expression that is a huge machine',
    text(
      'update: { default: { tags: { include: "(a{900}b{900}){1}(c{900}d{900}){1}(e{900}f{900}g{900}){1}" } } }',
    ),
    [
      '2:39 bad-value: update.default.tags.include is "(a{900}b{900}){1}(c{900}d{900}){1}(e{900}f{900}g{900}){1}", but must be a regular expression of at most 512 characters, without look-around and back-references.',
    ],
  ],
  [
    'a transform without an arrow',
    text('update: { default: { tags: { transform: "(\\\\d+)" } } }'),
    [
      '2:41 bad-value: update.default.tags.transform is "(\\\\d+)", but must be a regular expression and what it becomes, such as "^v?(\\d+)_(\\d+)$ => $1.$2".',
    ],
  ],
  [
    'a transform to a group that there is not',
    text('update: { default: { tags: { transform: "(x) => $2" } } }'),
    [
      '2:41 bad-value: update.default.tags.transform is "(x) => $2", but must be a regular expression and what it becomes, such as "^v?(\\d+)_(\\d+)$ => $1.$2".',
    ],
  ],
  [
    'a probe that is no address',
    text('update: { default: { probe: { http: "127.0.0.1/health" } } }'),
    [
      '2:37 bad-value: update.default.probe.http is "127.0.0.1/health", but must be an address such as "http://127.0.0.1:8080/health", without a user name.',
    ],
  ],
  [
    'a probe with a password',
    text('update: { default: { probe: { http: "http://ada:x@127.0.0.1/" } } }'),
    [
      '2:37 bad-value: update.default.probe.http is "http://ada:x@127.0.0.1/", but must be an address such as "http://127.0.0.1:8080/health", without a user name.',
    ],
  ],
  [
    'a probe with a status that there is not',
    text('update: { default: { probe: { http: "http://127.0.0.1/", status: 20 } } }'),
    [
      '2:66 bad-value: update.default.probe.status is 20, but must be an HTTP status from 100 to 599.',
    ],
  ],
  [
    'a probe of a port that there is not',
    text('update: { default: { probe: { tcp: "127.0.0.1:70000" } } }'),
    [
      '2:36 bad-value: update.default.probe.tcp is "127.0.0.1:70000", but must be a host and port such as "127.0.0.1:5432".',
    ],
  ],
  [
    'a probe of both kinds',
    text('update: { default: { probe: { http: "http://a/", tcp: "a:1" } } }'),
    ['2:29 bad-value: update.default.probe is a mapping, but must be either http, or tcp.'],
  ],
  [
    'a probe of no kind',
    text('update: { default: { probe: {} } }'),
    ['2:29 bad-value: update.default.probe is a mapping, but must be either http, or tcp.'],
  ],
  // together
  [
    'a rule that says nothing',
    text('keep:', '  - {}'),
    ['3:5 missing: keep[0] says nothing; expected a condition such as match, untagged or labels.'],
  ],
  [
    'a rule with nothing but a name',
    text('remove:', '  - { id: all, mode: confirm }'),
    [
      '3:5 missing: remove[0] says nothing; expected a condition such as match, untagged or labels.',
    ],
  ],
  [
    'a name twice',
    text('keep:', '  - { id: a, match: a }', '  - { id: a, match: b }'),
    ['4:11 bad-value: keep[1].id is "a", but must be a name that no other rule of the list has.'],
  ],
  [
    'low above high',
    text('triggers:', '  pressure: { high: 75%, low: 85% }'),
    ['3:31 bad-value: triggers.pressure.low is "85%", but must be less than high.'],
  ],
  [
    'low as high',
    text('triggers:', '  pressure: { high: 75%, low: 75% }'),
    ['3:31 bad-value: triggers.pressure.low is "75%", but must be less than high.'],
  ],
  [
    'to below free',
    text('triggers:', '  pressure: { free: 20GB, to: 10GB }'),
    ['3:31 bad-value: triggers.pressure.to is "10GB", but must be more than free.'],
  ],
  [
    'both forms of pressure',
    text('triggers:', '  pressure: { high: 85%, to: 20GB }'),
    [
      '3:13 bad-value: triggers.pressure is a mapping, but must be either high and low, or free and to.',
    ],
  ],
  [
    'no form of pressure',
    text('triggers:', '  pressure: { cooldown: 1h }'),
    [
      '3:13 bad-value: triggers.pressure is a mapping, but must be either high and low, or free and to.',
    ],
  ],
  [
    'half a form of pressure',
    text('triggers:', '  pressure: { high: 85% }'),
    ['3:13 missing: triggers.pressure.low is missing here; expected a percentage such as 85%.'],
  ],
  [
    'pressure as a text',
    text('triggers: { pressure: 85% }'),
    ['2:23 wrong-type: triggers.pressure is "85%", but must be keys with values.'],
  ],
  [
    'a budget that frees nothing',
    text('triggers: { images: { max: 40GB, to: 40GB } }'),
    ['2:38 bad-value: triggers.images.to is "40GB", but must be less than max.'],
  ],
  [
    'several things at once',
    text('mdoe: auto', 'grace: soon', 'triggers: { hostNotice: full }'),
    [
      '2:1 unknown-key: The key "mdoe" is not known here; expected one of version, mode, protect, keep, remove, grace, rollback, containers, networks, buildCache, triggers, limits, update. "mode" was probably meant.',
      '3:8 bad-value: grace is "soon", but must be a duration such as 30d, 24h or 250ms.',
      '4:25 bad-value: triggers.hostNotice is "full", but must be a percentage such as 85%.',
    ],
  ],
  [
    'a rule that is wrong in two ways',
    text('remove:', '  - { mach: a, unusedFor: 60 }'),
    [
      '3:7 unknown-key: The key "mach" is not known here; expected one of id, match, labels, platform, origin, largerThan, untagged, project, unusedFor, mode. "match" was probably meant.',
      '3:27 wrong-type: remove[0].unusedFor is 60, but must be a duration such as 30d, 24h or 250ms.',
    ],
  ],
];
