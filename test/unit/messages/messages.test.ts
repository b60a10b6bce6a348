import { describe, expect, it } from 'vitest';
import { CareenError, type ErrorCode } from '../../../main/domain/errors.js';
import { gaugeOfSpace } from '../../../main/domain/disk/gauge.js';
import type { RuleSubject } from '../../../main/domain/policy/rule-name.js';
import { messages, type Language, type Messages } from '../../../main/messages/index.js';
import {
  changes,
  errors,
  id,
  lookedAt,
  now,
  problems,
  questions,
  reasons,
  runs,
  skips,
  trayStatuses,
  unticks,
} from './samples.js';

const disk = gaugeOfSpace({ of: '/', used: 88, available: 12 });

const languages: Language[] = ['en', 'zh-CN'];

/** Every place in the catalogue, functions among them. */
function places(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => places(inner, `${path}.${key}`));
}

function texts(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

/** A clean-up that went as planned needs no word beside its figures; between sentences stands none. */
const saysNothing = new Set(['.window.result.outcome.done', '.window.common.between']);

/** What a person would see of a value that was forgotten. */
const holes = /undefined|null|NaN|\[object|\$\{/;
const shouting = /!|！|oops|successfully/i;

function sentences(m: Messages): [string, string][] {
  const context = { now, name: (image: string) => (image === id(1) ? 'myorg/api:1.4' : 'b:2') };
  const codes = Object.keys(errors) as ErrorCode[];
  return [
    ...reasons.map((r, i) => [`reason ${i}`, m.reason(r, context)] as [string, string]),
    ...reasons.map(
      (r, i) =>
        [`reason ${i} unticked`, m.reason(r, { ...context, going: false })] as [string, string],
    ),
    ...reasons.map(
      (r, i) => [`reason ${i} gone`, m.reason(r, { ...context, gone: true })] as [string, string],
    ),
    ...unticks.map((u) => [u.code, m.untick(u, context.name)] as [string, string]),
    ...changes.map((c, i) => [`changes ${i}`, m.changesWhen(c, now)] as [string, string]),
    ...Object.values(skips).map((s) => [s.code, m.skip(s, context)] as [string, string]),
    ...Object.values(problems).map((p) => [p.code, m.policyProblem(p)] as [string, string]),
    ...codes.map(
      (code) => [code, m.error(new CareenError(code, errors[code]))] as [string, string],
    ),
  ];
}

const phrases = (m: Messages): [string, string][] => [
  ...reasons.map((r, i) => [`short ${i}`, m.reasonShort(r, { now })] as [string, string]),
  ...reasons.flatMap((r, i) =>
    [true, false].map((going): [string, string] => [
      `badge ${i} ${going}`,
      m.verdict({
        verdict: r.kind === 'remove' ? 'remove' : 'keep',
        going,
        decidedBy: r.kind,
        code: r.code,
      }),
    ]),
  ),
  ...Object.values(lookedAt).map((l) => [l.outcome, m.lookedAt(l)] as [string, string]),
  ...trayStatuses.flatMap((s, i): [string, string][] => [
    [`tray ${i}`, m.tray.status(s, now)],
    [`tooltip ${i}`, m.tray.tooltip(s, now)],
  ]),
  ...questions.flatMap((question, i): [string, string][] => {
    const { title, body } = m.notification.question(question, disk);
    return [
      [`question ${i}`, m.tray.question(question, disk)],
      [`question title ${i}`, title],
      [`question body ${i}`, body],
    ];
  }),
  ...runs.flatMap((run, i): [string, string][] => {
    const { title, body } = m.notification.cleaned(run);
    return [
      [`title ${i}`, title],
      [`body ${i}`, body],
    ];
  }),
];

describe('the catalogue', () => {
  it('has the same places in every language', () => {
    expect(places(messages('zh-CN'))).toEqual(places(messages('en')));
  });

  it.each(languages)('has no empty text in %s', (language) => {
    for (const [path, text] of texts(messages(language)))
      if (!saysNothing.has(path)) expect(text.trim(), path).not.toBe('');
  });

  it.each(languages)('says every code in whole sentences in %s', (language) => {
    const end = language === 'en' ? /\.$/ : /。$/;
    for (const [code, text] of sentences(messages(language))) {
      expect(text, code).toMatch(end);
      expect(text, code).not.toMatch(holes);
      expect(text, code).not.toMatch(shouting);
    }
  });

  it.each(languages)('has a phrase for every state in %s', (language) => {
    for (const [code, text] of phrases(messages(language))) {
      expect(text.trim(), code).not.toBe('');
      expect(text, code).not.toMatch(holes);
      expect(text, code).not.toMatch(shouting);
    }
  });

  it('speaks Chinese throughout', () => {
    for (const [code, text] of [...sentences(messages('zh-CN')), ...phrases(messages('zh-CN'))])
      expect(text, code).toMatch(/\p{Script=Han}/u);
  });
});

describe('a rule', () => {
  const told = (language: Language, subject?: RuleSubject) => {
    const m = messages(language);
    return [m.rule({ rule: 'keep[0]', subject }), m.theRule({ rule: 'keep[0]', subject })];
  };

  it.each<[RuleSubject, string, string]>([
    [{ by: 'toggle', of: [] }, 'you', '你的设置'],
    [
      { by: 'name', of: ['postgres', `sha256:${'1'.repeat(64)}`] },
      `name: postgres and ${'1'.repeat(12)}`,
      '',
    ],
    [{ by: 'label', of: ['careen.keep'] }, 'label careen.keep', 'Label careen.keep'],
    [{ by: 'project', of: ['gone'] }, 'a project gone', '项目已不在'],
    [{ by: 'platform', of: ['linux/arm64'] }, 'platform linux/arm64', '平台 linux/arm64'],
    [{ by: 'origin', of: ['pulled'] }, 'origin: pulled', '来源 pulled'],
    [{ by: 'size', of: ['1GB'] }, 'size over 1GB', '大小超过 1GB'],
    [{ by: 'untagged', of: [] }, 'having no name', '没有名称'],
    [{ by: 'all', of: [] }, 'the rule for all images', '针对所有镜像的规则'],
  ])('without an ID is called by what it selects: %o', (subject, english, chinese) => {
    expect(told('en', subject)).toEqual([english, `the rule (${english})`]);
    if (chinese !== '') expect(told('zh-CN', subject)).toEqual([chinese, `规则（${chinese}）`]);
  });

  it('with one is quoted', () => {
    const m = messages('en');
    expect(m.rule({ rule: 'stale' })).toBe('rule “stale”');
    const title = m.suggestion.title({ id: 'costly-keep', rule: 'lately', images: 2 }, now);
    expect(title).toBe('Rule “lately” keeps the most');
  });
});

describe('sentences', () => {
  const m = messages('en', { timeZone: 'UTC' });
  const say = (i: number, of: { gone?: boolean } = {}) =>
    m.reason(reasons[i]!, { now, name: () => 'myorg/api:1.4', ...of });

  it('say what holds an image and by which rule', () => {
    expect(say(0)).toBe('Kept: container web uses it.');
    expect(say(1)).toBe('Kept: containers web, db and 2 more use it.');
    expect(say(2)).toBe('Kept: myorg/api:1.4 stays and is built on it.');
    expect(say(8)).toBe('Protected by you, until 31 January 2027 (audit).');
    expect(say(10)).toBe('Kept: it arrived or was tagged 1 hour ago; its grace ends in 23 hours.');
    expect(say(13)).toBe(
      'Kept: 2nd newest of the 3 to keep; last used 94 days ago, within 90 days (rule “recent”).',
    );
    expect(say(16)).toBe('Goes: not used for 94 days (rule “stale”).');
    expect(say(16, { gone: true })).toBe('Removed: not used for 94 days (rule “stale”).');
    expect(say(19)).toBe(
      'Goes, on an estimate: made 94 days ago, with no use of it known (rule “stale”).',
    );
  });

  it('name an image by its short ID where nobody knows its name', () => {
    expect(m.reason(reasons[2]!, { now })).toBe('Kept: 000000000000 stays and is built on it.');
  });

  it('put each problem of a policy on a line of its own, with its place', () => {
    const lines = m.error(new CareenError('policy-invalid', errors['policy-invalid'])).split('\n');
    expect(lines).toHaveLength(Object.keys(problems).length);
    for (const line of lines) expect(line).toMatch(/^policy\.yaml:3:5: .+\.$/);
    expect(lines[1]).toContain('"last" was probably meant');
  });

  it('have words for a code that this version does not know, and for values that are not whole', () => {
    for (const language of languages)
      for (const wire of [
        { code: 'engine-on-fire', details: {} },
        { code: 'policy-invalid', details: { file: 1 } },
        { code: 'toString', details: {} },
      ])
        expect(messages(language).error(wire)).toContain(wire.code);
  });
});

describe('a failure that the window tells', () => {
  it.each(languages)('names no command of Careen and no option of one, in %s', (language) => {
    const m = messages(language, {}, 'window');
    // Without its home or its log there is no window to read them in, or nothing that it could do.
    const elsewhere = /^(home-|log-|engine-several|owner-)/;
    for (const code of Object.keys(errors) as ErrorCode[])
      if (!elsewhere.test(code))
        expect(m.error(new CareenError(code, errors[code]))).not.toMatch(
          /"careen |--(engine|yes|leave-unfinished)/,
        );
  });

  it('says a terminal what to type, and the window what it has', () => {
    const replaced = new CareenError('engine-replaced', errors['engine-replaced']);
    expect(messages('en').error(replaced)).toContain('careen engines same');
    expect(messages('en', {}, 'window').error(replaced)).toMatch(
      /^Another engine .+ until you say which it is\.$/,
    );
  });
});

describe('the tray', () => {
  it.each(languages)('has tooltips that Windows shows whole, in %s', (language) => {
    const m = messages(language);
    const name = 'A very long name of a product '.repeat(10);
    for (const status of [...trayStatuses, { state: 'lost', name } as const])
      expect(m.tray.tooltip(status, now).length).toBeLessThanOrEqual(127);
  });

  it('says what can go', () => {
    expect(messages('en').tray.status(trayStatuses[7]!, now)).toBe('About 10.1 GB can go');
    expect(messages('zh-CN').tray.status(trayStatuses[7]!, now)).toBe('可释放约 10.1 GB');
  });

  it('says that something can go where no image is among it', () => {
    const canGo = { min: 2e9, max: 2e9, certainty: 'exact' } as const;
    const lost = { images: 0, lost: 0, sure: true };
    const status = { state: 'ready', canGo, images: 0, lost } as const;
    expect(messages('en').tray.tooltip(status, now)).toBe('Careen: 2.0 GB can go');
    expect(messages('zh-CN').tray.tooltip(status, now)).toBe('Careen：可释放 2.0 GB');
  });
});

describe('what can go, in a terminal', () => {
  const size = (gigabytes: number) =>
    ({ min: gigabytes * 1e9, max: gigabytes * 1e9, certainty: 'exact' }) as const;

  it('tells what of it images are', () => {
    const { canGo } = messages('en').cli;
    expect(canGo(size(14.2), 23, size(14.2))).toBe('14.2 GB can go, 23 images.');
    expect(canGo(size(14.2), 23, size(12))).toBe('14.2 GB can go, 12.0 GB of it in 23 images.');
    expect(canGo(size(2.2), 0, size(0))).toBe('2.2 GB can go.');
    expect(canGo(size(0), 0, size(0))).toBe('Nothing has to go.');
    expect(messages('zh-CN').cli.canGo(size(14.2), 23, size(12))).toBe(
      '可释放 14.2 GB，其中 23 个镜像占 12.0 GB。',
    );
  });
});

describe('what a terminal says', () => {
  it('of a protection names its end', () => {
    const changed = (language: Language, until: string | null) =>
      messages(language).cli.protect.changed('policy.yaml', until);
    expect(changed('en', null)).toBe('Protected, in policy.yaml:');
    expect(changed('en', '31 January')).toBe('Protected until 31 January, in policy.yaml:');
    expect(changed('zh-CN', '1 月 31 日')).toBe('已保护到 1 月 31 日，写入 policy.yaml：');
  });

  it('of a place in Chinese has no space after a full-width bracket', () => {
    for (const place of Object.values(lookedAt))
      expect(messages('zh-CN').lookedAt(place)).not.toMatch(/）\s/);
  });
});

describe('how to start an engine', () => {
  it.each(['linux', 'darwin', 'win32', 'freebsd'])('is told for %s', (platform) => {
    const ways = messages('en').howToStart(platform);
    expect(ways.length).toBeGreaterThan(0);
    for (const { product, command } of ways) expect(`${product} ${command}`).toMatch(/\w+ \w+/);
  });
});
