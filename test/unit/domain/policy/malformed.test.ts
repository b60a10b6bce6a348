import { describe, expect, it } from 'vitest';
import { messages } from '../../../../main/messages/index.js';
import { malformed } from './malformed.js';
import { CareenError } from '../../../../main/domain/errors.js';
import { parsePolicy } from '../../../../main/domain/policy/parse.js';

describe('a policy that does not parse', () => {
  it.each(malformed)('%s', (_, policy, expected) => {
    const parsed = parsePolicy(policy);
    if (!('problems' in parsed)) throw new Error('it parsed');
    const { problems } = parsed;
    for (const language of ['en', 'zh-CN'] as const) {
      const error = new CareenError('policy-invalid', { file: 'policy.yaml', problems });
      const lines = messages(language).error(error).split('\n');
      const told = lines.map((line, i) =>
        line.replace(/^policy\.yaml:(\d+:\d+):/, `$1 ${problems[i]?.code}:`),
      );
      if (language === 'en') expect(told).toEqual(expected);
      else expect(told.join('\n')).toMatch(/[一-鿿]/);
      expect(lines).toHaveLength(expected.length);
    }
  });
});
