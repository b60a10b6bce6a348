import { expect, test } from 'vitest';
import { CareenError, type ErrorCode } from '../../../main/domain/errors.js';
import { messages } from '../../../main/messages/index.js';
import { illSpaced } from '../../support/spacing.js';
import { errors } from './samples.js';
import { sayingsOf } from './sayings.js';

test('a space stands between Han and Latin letters or digits, and none beside Han or its marks', () => {
  const m = messages('zh-CN', { timeZone: 'UTC' });
  const failures = (Object.keys(errors) as ErrorCode[]).flatMap((code) =>
    [m, messages('zh-CN', {}, 'window')].map((in_): [string, string] => [
      code,
      in_.error(new CareenError(code, errors[code])),
    ]),
  );
  const sayings = [...sayingsOf(m), ...failures];
  expect(new Set(sayings.map(([place]) => place)).size).toBeGreaterThan(1000);
  const ill = sayings.flatMap(([place, text]) => illSpaced(text).map((why) => `${place}: ${why}`));
  expect([...new Set(ill)]).toEqual([]);
}, 120_000);

test.each([
  ['下一次在3 小时后', ['下一次在3 小时后']],
  ['预计 约 7.4 GB', ['预计 约 7.4 GB']],
  ['已用 88%，剩余 12 GB', []],
  ['共 3个', ['共 3个']],
  ['保留。 其余', ['保留。 其余']],
])('%s', (text, ill) => {
  expect(illSpaced(text)).toEqual(ill);
});
