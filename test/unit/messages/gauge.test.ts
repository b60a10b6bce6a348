import { describe, expect, it } from 'vitest';
import { gauge as schema } from '../../../main/contract/gauges.js';
import { gaugeOf, gaugeOfSpace, unknownGauge } from '../../../main/domain/disk/gauge.js';
import type { Gauge, VmDisk } from '../../../main/domain/disk/types.js';
import { messages } from '../../../main/messages/index.js';

const GB = 1e9;
const vm = (facts: Partial<VmDisk> = {}): Gauge =>
  gaugeOf({
    kind: 'vm',
    file: '/vm/Docker.raw',
    allocated: 40 * GB,
    limit: { bytes: 64 * GB, from: 'settings' },
    host: { of: '/vm', used: 300 * GB, available: 100 * GB },
    inside: null,
    returns: 'shortly',
    close: true,
    oddity: null,
    ...facts,
  });
const reasons = schema.shape.missing.unwrap().shape.why.options;
const every: Gauge[] = [
  gaugeOfSpace({ of: '/var/lib/docker', used: 3 * GB, available: GB }),
  vm(),
  vm({ returns: 'restart', close: false, limit: { bytes: 64 * GB, from: 'file' } }),
  vm({ returns: 'no', limit: { bytes: 64 * GB, from: 'assumed' } }),
  vm({ returns: null, limit: 'none', inside: { used: GB, total: 9 * GB } }),
  vm({ oddity: { kind: 'bytes-as-mib', file: '/settings.json' } }),
  ...reasons.flatMap((why) =>
    ['/x/y', null].flatMap((about) => [unknownGauge({ why, about }), vm({ host: { why, about } })]),
  ),
];

describe.each(['en', 'zh-CN'] as const)('a gauge in %s', (language) => {
  const m = messages(language);

  it('is told in whole sentences, with nothing forgotten', () => {
    for (const gauge of every)
      for (const text of [...m.gauge.details(gauge), m.gauge.line(gauge)]) {
        expect(text).not.toMatch(/undefined|null|NaN|\[object|\$\{|!|！/);
        if (language === 'zh-CN') expect(text).toMatch(/\p{Script=Han}/u);
      }
    for (const gauge of every)
      for (const text of m.gauge.details(gauge))
        expect(text).toMatch(language === 'en' ? /\.$/ : /。$/);
  });
});

it('says how far its figures go', () => {
  const m = messages('en').gauge;
  expect(m.line(vm())).toBe('at most 63 % used, at least 24.0 GB free, estimated (/vm/Docker.raw)');
  expect(m.line(every[0]!)).toBe('75 % used, 1.0 GB free (/var/lib/docker)');
  expect(m.details(vm({ host: { of: '/vm', used: 0, available: GB } }))).toEqual([
    'Estimated from what /vm/Docker.raw takes on this computer: no more than that is used, and about that.',
    'Its settings let it grow to 64.0 GB.',
    'This computer’s own disk would be full first.',
    'What becomes free inside usually comes back to this computer shortly.',
  ]);
  expect(m.line(unknownGauge({ why: 'not-agreed', about: '/x' }))).toMatch(/^unknown: macOS asks/);
});
