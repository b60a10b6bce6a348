import { describe, expect, it } from 'vitest';
import { openUpdateOf, type ToldContainer } from '../../../main/services/journal/update-history.js';
import type { BegunUpdate, Ended } from '../../../main/services/journal/records.js';
import type { UpdateResult } from '../../../main/contract/update-steps.js';

const version = { tag: null, digest: null, imageId: null, created: null, label: null };
const runId = 'run';

const begun: BegunUpdate = {
  t: 'begun',
  runId,
  kind: 'update',
  by: 'cli',
  engine: 'here',
  engineKey: 'here',
  at: 0,
  containers: [{ container: 'vpn', reference: 'vpn', from: version, to: version, data: [] }],
  dependants: [{ container: 'app', id: 'a', act: 'recreate', after: ['vpn'] }],
};

const told = (container: string, result: UpdateResult): [string, ToldContainer] => [
  container,
  {
    undertaken: null,
    service: null,
    intents: new Map(),
    outcomes: new Map(),
    turned: null,
    result: { t: 'result', runId, container, at: 1, result, downFor: null, recovered: null },
  },
];

const ended = (outcome: Ended['outcome']): Ended => {
  return { t: 'ended', runId, at: 2, outcome, measured: null };
};

describe('a run of updates', () => {
  const vpn = told('vpn', { state: 'updated', proven: true });

  it('is closed once all that was asked for has its result', () => {
    expect(openUpdateOf(begun, new Map([vpn]), ended('done'))).toBeNull();
    expect(openUpdateOf(begun, new Map([vpn]), null)).toMatchObject({ ended: false });
  });

  it('stays open where the engine went away before what hangs on it had its turn', () => {
    const lost = ended('engine-lost');
    expect(openUpdateOf(begun, new Map([vpn]), lost)).toMatchObject({ ended: true, untried: [] });
    const app = told('app', { state: 'restarted' });
    expect(openUpdateOf(begun, new Map([vpn, app]), lost)).toBeNull();
  });
});
