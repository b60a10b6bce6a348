import { describe, expect, it } from 'vitest';
import { labelAsks } from '../../../../main/domain/update/labels/index.js';

const watchtower = 'com.centurylinklabs.watchtower.';
const pattern = { level: 'pattern', include: null, exclude: null, transform: null };
const day = 86_400_000;

describe('labels of other tools', () => {
  it.each<[Record<string, string>, unknown[]]>([
    [{}, []],
    [{ 'careen.update': ' Tell ' }, [{ mode: 'tell' }]],
    [{ 'careen.update': 'atuo' }, [{ mode: 'notify' }]],
    [{ 'careen.tags': 'minor' }, [{ tags: { level: 'minor' } }]],
    [{ 'careen.tags': 'all' }, [{ tags: { level: 'same' } }]],
    ...['false', 'FALSE', 'False', 'F', 'f', '0'].map((no): [Record<string, string>, unknown[]] => [
      { [`${watchtower}enable`]: no },
      [{ mode: 'ignore' }],
    ]),
    ...['true', '1', 'T', '', 'no', 'off', 'fAlse', ' false'].map(
      (yes): [Record<string, string>, unknown[]] => [{ [`${watchtower}enable`]: yes }, []],
    ),
    [{ [`${watchtower}monitor-only`]: 'true' }, [{ mode: 'notify' }]],
    [{ [`${watchtower}monitor-only`]: '' }, []],
    [{ [`${watchtower}monitor-only`]: 'yes' }, []],
    [{ [`${watchtower}no-pull`]: '1' }, [{ localOnly: true }]],
    [{ [`${watchtower}no-pull`]: 'false' }, []],
    [{ [`${watchtower}cooldown-delay`]: '3d' }, [{ minAge: 3 * day }]],
    [{ [`${watchtower}cooldown-delay`]: '1w' }, [{ minAge: 7 * day }]],
    [{ [`${watchtower}cooldown-delay`]: '1h30m' }, [{ minAge: 5_400_000 }]],
    [{ [`${watchtower}cooldown-delay`]: '0' }, []],
    [{ [`${watchtower}cooldown-delay`]: 'soon' }, []],
    [{ [`${watchtower}depends-on`]: 'db', [`${watchtower}scope`]: 'x' }, []],
    [{ 'wud.watch': 'False' }, [{ mode: 'ignore' }]],
    [{ 'wud.watch': 'no' }, [{ mode: 'ignore' }]],
    [{ 'wud.watch': 'TRUE' }, []],
    [{ 'wud.watch': '' }, []],
    [{ 'wud.watch.digest': 'false' }, []],
    [{ 'wud.tag.include': '^\\d+$' }, [{ tags: { ...pattern, include: '^\\d+$' } }]],
    [
      { 'wud.tag.exclude': 'rc', 'wud.tag.transform': '^(\\d+)-.* => $1' },
      [
        {
          label: 'wud.tag.exclude',
          tags: { ...pattern, exclude: 'rc', transform: '^(\\d+)-.* => $1' },
        },
      ],
    ],
    [{ 'wud.tag.include': '(?=x)' }, [{ tags: { level: 'same' } }]],
    [{ 'wud.tag.include': ' ' }, []],
    [{ 'wud.trigger.include': 'smtp.gmail' }, [{ mode: 'notify' }]],
    [{ 'wud.trigger.include': 'smtp.gmail,docker.local' }, []],
    [{ 'wud.trigger.include': 'docker.local:minor' }, [{ tags: { level: 'minor' } }]],
    [{ 'wud.trigger.include': 'dockercompose.x:patch, smtp.y' }, [{ tags: { level: 'patch' } }]],
    [{ 'wud.trigger.include': 'docker.local:major-only' }, []],
    [{ 'wud.trigger.exclude': 'docker.local' }, [{ mode: 'notify' }]],
    [{ 'wud.trigger.exclude': 'local' }, [{ mode: 'notify' }]],
    [{ 'wud.trigger.exclude': 'ntfy.x' }, []],
    [{ 'dd.watch': 'false' }, [{ mode: 'ignore' }]],
    [{ 'dd.tag.include': '^1' }, [{ tags: { ...pattern, include: '^1' } }]],
    [{ 'dd.action.include': 'docker-compose.x:minor' }, [{ tags: { level: 'minor' } }]],
    [{ 'dd.action.auto': 'false' }, [{ mode: 'notify' }]],
    [{ 'dd.notification.exclude': 'docker.x' }, []],
    [{ 'dd.updatePolicy.maturityMode': 'mature' }, [{ minAge: 7 * day }]],
    [
      { 'dd.updatePolicy.maturityMode': 'Mature', 'dd.updatePolicy.maturityMinAgeDays': '14' },
      [{ minAge: 14 * day }],
    ],
    [{ 'dd.updatePolicy.maturityMinAgeDays': '14' }, []],
    [
      { 'dd.updatePolicy.skipTags': '1.2.3, 2.0-rc1' },
      [{ tags: { ...pattern, exclude: '^(?:1\\.2\\.3|2\\.0-rc1)$' } }],
    ],
    [{ 'diun.enable': 'false' }, [{ mode: 'ignore' }]],
    [{ 'diun.enable': 'true' }, []],
    [{ 'com.ouroboros.enable': 'No' }, [{ mode: 'ignore' }]],
    [{ 'com.ouroboros.enable': 'true' }, []],
    [{ 'io.containers.autoupdate': 'registry' }, [{ mode: 'notify' }]],
    [{ 'io.containers.autoupdate': 'disabled' }, []],
  ])('%j', (labels, expected) => {
    const asks = labelAsks(labels);
    expect(asks).toMatchObject(expected);
    expect(asks).toHaveLength(expected.length);
    for (const { label } of asks) expect(Object.keys(labels)).toContain(label);
  });
});
