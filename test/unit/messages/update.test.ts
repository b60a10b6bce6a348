import { describe, expect, it } from 'vitest';
import type { UpdateRefusal } from '../../../main/contract/update-preview.js';
import type { ProofFailure, StepKind, UpdateResult } from '../../../main/contract/update-steps.js';
import { stepKind } from '../../../main/contract/update-steps.js';
import type { Owner, OwnerKind } from '../../../main/domain/owners/types.js';
import type {
  CheckVerdict,
  HeldBack,
  ModeReason,
  NotChecked,
  Version,
} from '../../../main/domain/update/types.js';
import { messages, type Language } from '../../../main/messages/index.js';
import { now } from './samples.js';

const HOUR = 3_600_000;
const languages: Language[] = ['en', 'zh-CN'];
const style = { timeZone: 'UTC' };
const english = messages('en', style).update;

const version = (label: string): Version => ({
  tag: '16',
  digest: null,
  imageId: null,
  created: null,
  label,
});
const error = {
  code: 'registry-silent' as const,
  details: { registry: 'docker.io', seconds: 30 },
};

const owners: Record<OwnerKind, [tool: string, unit: string]> = {
  person: ['docker', 'db'],
  compose: ['Compose', 'shop'],
  swarm: ['Swarm', 'web'],
  cluster: ['kind', 'dev'],
  editor: ['VS Code', 'app'],
  devstack: ['DDEV', 'site'],
  ephemeral: ['Testcontainers', 'x'],
  builder: ['buildx', 'default'],
  platform: ['Docker Desktop', 'disk'],
  updater: ['Watchtower', 'x'],
  systemd: ['Podman', 'web.service'],
};
const owner = (kind: OwnerKind, unit: string | null): Owner => ({
  kind,
  tool: owners[kind][0],
  unit,
  command: null,
  proof: 'label',
});

const held: Record<HeldBack['code'], HeldBack> = {
  'min-age': { code: 'min-age', until: now + 72 * HOUR },
  snoozed: { code: 'snoozed', until: now + 3 * HOUR },
  skipped: { code: 'skipped' },
  'rolled-back': { code: 'rolled-back', at: now - 72 * HOUR },
  'too-large': { code: 'too-large', bytes: 3.1e9, most: 2e9 },
  'major-with-data': { code: 'major-with-data' },
  'never-starts': { code: 'never-starts' },
  'not-running': { code: 'not-running' },
  paused: { code: 'paused' },
  job: { code: 'job' },
  'built-here': { code: 'built-here' },
};

const failures: Record<ProofFailure['code'], ProofFailure> = {
  unhealthy: { code: 'unhealthy' },
  exited: { code: 'exited', exitCode: 3 },
  restarting: { code: 'restarting', restarts: 1 },
  'not-started': { code: 'not-started', message: 'port is already allocated.' },
  'not-healthy-in-time': { code: 'not-healthy-in-time', ms: 300_000 },
  probe: { code: 'probe', message: '' },
  hook: { code: 'hook', exitCode: null, message: 'timed out' },
  'root-failed': { code: 'root-failed', container: 'db' },
  swarm: { code: 'swarm', message: 'task: non-zero exit (137)' },
  'task-died': { code: 'task-died', message: 'task: non-zero exit (1)' },
  'tasks-replaced': { code: 'tasks-replaced', times: 3 },
  'tasks-missing': { code: 'tasks-missing', running: 1, wanted: 2 },
  stuck: { code: 'stuck', by: 'pending', message: 'no suitable node' },
  standstill: { code: 'standstill', state: 'preparing', ms: 3_600_000, message: '' },
  cancelled: { code: 'cancelled' },
};

const refusals: UpdateRefusal[] = [
  ...(Object.keys(owners) as OwnerKind[]).flatMap((kind): UpdateRefusal[] => [
    { code: 'owned', owner: owner(kind, owners[kind][1]) },
    { code: 'owned', owner: owner(kind, null) },
  ]),
  { code: 'owned', owner: { ...owner('compose', 'shop'), tool: 'Portainer' } },
  { code: 'paused' },
  { code: 'not-checked', why: 'pinned' },
  { code: 'not-checked', why: 'something of a later version' },
  { code: 'nothing-new' },
  { code: 'service', why: 'job' },
  { code: 'service', why: 'busy' },
  { code: 'no-room', needed: 3e9, available: 1e9 },
  { code: 'unreachable', error },
];

const reasons: ModeReason[] = [
  { by: 'name', rule: 'update.containers[0]' },
  { by: 'entry', rule: 'update.containers[1]' },
  { by: 'default', rule: 'update.default' },
  { by: 'label', label: 'careen.update' },
  { by: 'owner', kind: 'devstack', tool: 'DDEV' },
  { by: 'other-updater', tool: 'Watchtower' },
  { by: 'elsewhere' },
  { by: 'recreated', at: now },
];

const unasked: NotChecked[] = ['pinned', 'local-build', 'ignored', 'owner-pulls', 'no-reference'];
const verdicts: CheckVerdict[] = [
  { state: 'current' },
  { state: 'gone' },
  { state: 'unchecked' },
  ...(['registry', 'pulled', 'built'] as const).map((source): CheckVerdict => ({
    state: 'available',
    to: version('16.6'),
    source,
  })),
  ...unasked.map((why): CheckVerdict => ({ state: 'not-checked', why })),
];

const results: (UpdateResult | null)[] = [
  null,
  { state: 'updated', proven: true },
  { state: 'updated', proven: false },
  ...Object.values(failures).map((why): UpdateResult => ({
    state: 'rolled-back',
    why,
    log: ['line'],
  })),
  { state: 'restored' },
  { state: 'released', freed: null },
  { state: 'released', freed: 153e6 },
  { state: 'restarted' },
  ...refusals.map((why): UpdateResult => ({ state: 'skipped', why })),
  ...Object.values(held).map((one): UpdateResult => ({
    state: 'skipped',
    why: { code: 'held-back', held: one },
  })),
  { state: 'skipped', why: { code: 'hook', exitCode: 75 } },
  { state: 'skipped', why: { code: 'cancelled' } },
  { state: 'skipped', why: { code: 'engine-lost' } },
  { state: 'skipped', why: { code: 'interrupted' } },
  { state: 'skipped', why: { code: 'gone' } },
  { state: 'skipped', why: { code: 'changed' } },
  { state: 'taken-over', by: 'recreated' },
  { state: 'failed', error },
];

function sentences(language: Language): [string, string][] {
  const m = messages(language, style).update;
  const pair = { from: version('16.4'), to: version('16.6') };
  return [
    ...Object.values(held).map((h): [string, string] => [h.code, m.heldBack(h, now)]),
    ...Object.values(failures).map((p): [string, string] => [p.code, m.proofFailure(p)]),
    ...refusals.map((r, i): [string, string] => [`${r.code} ${i}`, m.refusal(r)]),
    ...reasons.map((r): [string, string] => [r.by, m.modeReason(r)]),
    ...verdicts.map((v, i): [string, string] => [`${v.state} ${i}`, m.verdict(v)]),
    ...results.map((result, i): [string, string] => [
      `${result?.state} ${i}`,
      m.result({ ...pair, result }, now),
    ]),
    ['data', m.dataStays(['pgdata', '/srv/www'])],
    ...[null, 0, 153e6].map((pull): [string, string] => [
      `pulls ${pull}`,
      m.pulls({ to: { ...version('16.6'), imageId: null }, pull }),
    ]),
    ['here', m.pulls({ to: { ...version('16.6'), imageId: `sha256:${'a'.repeat(64)}` }, pull: 0 })],

    ['elsewhere', m.otherUpdated('web', now - HOUR, now)],
    ['finished', m.recovered.finished],
    ['rolled back', m.recovered['rolled-back']],
  ];
}

describe('what is said of updates', () => {
  it.each(languages)('stands in whole sentences, one for each code, in %s', (language) => {
    const end = language === 'en' ? /\.$/ : /。$/;
    for (const [code, text] of sentences(language)) {
      expect(text, code).toMatch(end);
      expect(text, code).not.toMatch(/undefined|null|NaN|\[object|\$\{|\.\.|。。/);
      expect(text, code).not.toMatch(/!|！|oops|successfully/i);
    }
  });

  it('is Chinese in Chinese, with one space where Han meets digits', () => {
    for (const [code, text] of sentences('zh-CN')) {
      expect(text, code).toMatch(/\p{Script=Han}/u);
      expect(text, code).not.toMatch(/\p{Script=Han}[0-9]|[0-9]\p{Script=Han}/u);
    }
  });

  it.each(languages)('names every step, in %s', (language) => {
    const m = messages(language, style);
    const names = stepKind.options.map((step: StepKind) => m.update.step(step, '16.4'));
    expect(new Set(names).size).toBe(names.length);
    for (const step of stepKind.options) expect(m.window.updates.doing[step]).not.toBe('');
  });

  it('says when, as a sentence does', () => {
    expect(english.heldBack(held['min-age'], now)).toBe(
      'Too new for the policy; old enough on 27 November.',
    );
    expect(english.heldBack(held.snoozed, now)).toBe('Snoozed by you; offered again in 3 hours.');
  });

  it('says what runs again after a failure, and why', () => {
    const result = { state: 'rolled-back' as const, why: failures.exited, log: [] };
    expect(english.result({ from: version('16.4'), to: version('16.6'), result }, now)).toBe(
      'Rolled back to 16.4: 16.6 did not prove itself. It exited with code 3.',
    );
  });

  it('puts a foreign message into a sentence of its own', () => {
    expect(english.proofFailure(failures['not-started'])).toBe(
      'It did not start: port is already allocated.',
    );
  });

  it('sums a run up, and leaves out what there is none of', () => {
    const all = (states: (UpdateResult | null)[]) =>
      english.summary(states.map((result) => ({ result })));
    expect(
      all([
        { state: 'updated', proven: true },
        { state: 'updated', proven: true },
        { state: 'failed', error },
        { state: 'skipped', why: { code: 'cancelled' } },
      ]),
    ).toBe('2 updated, 1 failed, 1 left alone');
    expect(all([null])).toBe('');
  });
});
