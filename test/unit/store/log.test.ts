import { readFile, readdir, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { Log, type LogDamage, type LogOptions } from '../../../main/adapters/store/log.js';
import { testFolder } from '../../support/folder.js';

const schema = z.strictObject({ n: z.number(), text: z.string() });
type Line = z.infer<typeof schema>;

const options = (folder: string, more: Partial<LogOptions<Line>> = {}): LogOptions<Line> => ({
  folder,
  name: 'runs',
  schema,
  ...more,
});
const line = (n: number, text = '') => ({ n, text });
const numbers = async (log: Log<Line>) => (await log.read()).records.map((r) => r.n);

async function opened(given: LogOptions<Line>) {
  const damages: LogDamage[] = [];
  const log = await Log.open({ ...given, onDamaged: (damage) => damages.push(damage) });
  onTestFinished(() => log.close());
  return { log, damages };
}

async function reopened(given: LogOptions<Line>) {
  const { log, damages } = await opened(given);
  const contents = await log.read();
  return { log, damages, ...contents };
}

describe('a log', () => {
  it('gives back what was appended, in order, for its owner alone', async () => {
    const folder = await testFolder();
    const { log, damages } = await opened(options(folder));
    expect(damages).toEqual([]);
    await Promise.all(Array.from({ length: 200 }, (_, n) => log.append(line(n))));
    await log.append(line(200, 'a\nb\u2028c'));
    await log.close();
    const { records, damaged } = await reopened(options(folder));
    expect(records.map((r) => r.n)).toEqual(Array.from({ length: 201 }, (_, n) => n));
    expect(records[200]?.text).toBe('a\nb\u2028c');
    expect(damaged).toBe(0);
    expect((await stat(join(folder, 'runs-000001.jsonl'))).mode & 0o777).toBe(0o600);
  });

  it('takes no record that it could not read back, and none when it is closed', async () => {
    const { log } = await opened(options(await testFolder()));
    await expect(log.append({ n: 'x' } as unknown as Line)).rejects.toThrow();
    await log.append(line(1));
    expect(await numbers(log)).toEqual([1]);
    await log.close();
    await expect(log.append(line(2))).rejects.toThrow('closed');
  });

  it('keeps to its bound and loses the oldest first', async () => {
    const folder = await testFolder();
    const given = options(folder, { segmentBytes: 1000, segments: 3 });
    const { log } = await opened(given);
    for (let n = 0; n < 100; n++) await log.append(line(n, 'x'.repeat(80)));
    await log.close();
    const names = await readdir(folder);
    expect(names).toHaveLength(3);
    for (const name of names)
      expect((await stat(join(folder, name))).size).toBeLessThanOrEqual(1000);
    const { records } = await reopened(given);
    expect(records.at(-1)?.n).toBe(99);
    expect(records.length).toBeGreaterThan(18);
    expect(records.map((r) => r.n)).toEqual(records.map((_, at) => 100 - records.length + at));
  });

  it('gives a record that is larger than a segment one of its own', async () => {
    const folder = await testFolder();
    const { log } = await opened(options(folder, { segmentBytes: 100 }));
    await Promise.all([
      log.append(line(1)),
      log.append(line(2, 'x'.repeat(500))),
      log.append(line(3)),
    ]);
    expect(await numbers(log)).toEqual([1, 2, 3]);
  });

  it('passes damaged lines over, counts them and tells of them', async () => {
    const folder = await testFolder();
    const text = ['{"n":1,"text":""}', '\u0000\u0000', '{"n":"2"}', '', '{"n":3,"text":""}', ''];
    await writeFile(join(folder, 'runs-000001.jsonl'), text.join('\n'));
    const { records, damaged, damages } = await reopened(options(folder));
    expect(records.map((r) => r.n)).toEqual([1, 3]);
    expect(damaged).toBe(2);
    expect(damages).toEqual([{ file: join(folder, 'runs-000001.jsonl'), lines: 2, bytes: 0 }]);
  });

  it('survives being cut off at any byte, and goes on on a line of its own', async () => {
    const folder = await testFolder();
    const file = join(folder, 'runs-000001.jsonl');
    const records = fc.array(fc.record({ n: fc.nat(), text: fc.string({ maxLength: 8 }) }), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(records, async (given) => {
        const lines = given.map((r) => `${JSON.stringify(r)}\n`);
        const whole = Buffer.from(lines.join(''));
        for (let cut = 0; cut <= whole.length; cut++) {
          await writeFile(file, whole);
          await truncate(file, cut);
          const { kept, torn } = expectedAt(lines, cut);
          const { log, ...found } = await reopened(options(folder));
          expect(found.records).toEqual(given.slice(0, kept));
          expect(found.damaged).toBe(0);
          expect(found.damages).toEqual(torn === 0 ? [] : [{ file, lines: 0, bytes: torn }]);
          await log.append(line(1, 'after'));
          await log.close();
          const after = [...given.slice(0, kept), line(1, 'after')];
          expect(await readFile(file, 'utf8')).toBe(
            after.map((r) => `${JSON.stringify(r)}\n`).join(''),
          );
        }
      }),
      { numRuns: 4 },
    );
  });

  it('begins anew from a snapshot, and what follows counts on top of it', async () => {
    const folder = await testFolder();
    const given = options(folder, { segmentBytes: 1000, segments: 4 });
    const { log } = await opened(given);
    for (let n = 0; !log.wantsSnapshot; n++) await log.append(line(n, 'x'.repeat(80)));
    await log.snapshot([line(-1), line(-2)]);
    expect(log.wantsSnapshot).toBe(false);
    await log.append(line(5));
    expect(await numbers(log)).toEqual([-1, -2, 5]);
    await log.close();
    const again = await reopened(given);
    expect(again.records.map((r) => r.n)).toEqual([-1, -2, 5]);
    expect(await readdir(folder)).toHaveLength(2);
    expect(again.log.wantsSnapshot).toBe(false);
  });

  it('never drops what follows a snapshot by itself', async () => {
    const given = options(await testFolder(), { segmentBytes: 100, segments: 2 });
    const { log } = await opened(given);
    await log.snapshot([line(-1)]);
    for (let n = 0; n < 20; n++) await log.append(line(n, 'x'.repeat(60)));
    expect(await numbers(log)).toEqual([-1, ...Array.from({ length: 20 }, (_, n) => n)]);
    expect(log.wantsSnapshot).toBe(true);
  });

  it('takes away what a snapshot replaced, where a crash left it', async () => {
    const folder = await testFolder();
    await writeFile(join(folder, 'runs-000001.jsonl'), '{"n":1,"text":""}\n');
    await writeFile(join(folder, 'runs-000002.snapshot.jsonl'), '{"n":2,"text":""}\n');
    await writeFile(join(folder, 'runs-000003.snapshot.jsonl.0123456789ab.tmp'), '{"n":3');
    await writeFile(join(folder, 'runs-b-000009.jsonl'), '{"n":9,"text":""}\n');
    const { records } = await reopened(options(folder));
    expect(records.map((r) => r.n)).toEqual([2]);
    expect(await readdir(folder)).toEqual(['runs-000002.snapshot.jsonl', 'runs-b-000009.jsonl']);
  });
});

/** How many lines are whole before a cut, a line without its break included, and how many bytes are not. */
function expectedAt(lines: readonly string[], cut: number): { kept: number; torn: number } {
  let start = 0;
  for (const [kept, text] of lines.entries()) {
    const end = start + Buffer.byteLength(text);
    if (cut < end - 1) return { kept, torn: cut - start };
    if (cut === end - 1) return { kept: kept + 1, torn: 0 };
    start = end;
  }
  return { kept: lines.length, torn: 0 };
}
