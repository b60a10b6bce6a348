import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainIds, layersOf } from '../../../../main/adapters/docker/layers.js';

const diff = (name: string): string => `sha256:${createHash('sha256').update(name).digest('hex')}`;
const empty = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';
const run = 'RUN /bin/sh -c make # buildkit';
const step = (size: number, createdBy = run) => ({ size, createdBy });
const sizes = (diffIds: string[], steps: { size: number; createdBy: string }[]): number[] =>
  layersOf(diffIds, steps).layers.map((layer) => layer.size);

describe('chain IDs', () => {
  it('are those of the OCI specification', () => {
    const [a, b] = [diff('a'), diff('b')];
    expect(chainIds([a])).toEqual([a]);
    const both = `sha256:${createHash('sha256').update(`${a} ${b}`).digest('hex')}`;
    expect(chainIds([a, b])).toEqual([a, both]);
    expect(chainIds([b, a])[1]).not.toBe(both);
    expect(chainIds([])).toEqual([]);
  });
});

describe('sizes of layers', () => {
  const three = ['a', 'b', 'c'].map(diff);

  it('are those of the steps that have one, in order', () => {
    const steps = [step(10), step(0, 'CMD ["x"]'), step(20), step(0, 'ENV A=1'), step(30)];
    expect(sizes(three, steps)).toEqual([10, 20, 30]);
  });

  it('are zero for a layer in which nothing changed', () => {
    const steps = [step(10), step(0, 'WORKDIR /'), step(30), step(0, 'CMD ["x"]')];
    expect(sizes([diff('a'), empty, diff('c')], steps)).toEqual([10, 0, 30]);
  });

  it('see an empty layer in the step that made it', () => {
    expect(sizes(three, [step(10), step(0), step(0, 'ENV A=1'), step(30)])).toEqual([10, 0, 30]);
    const classic = [
      step(10, '/bin/sh -c #(nop) ADD file:1 in / '),
      step(0, '/bin/sh -c true'),
      step(0, '/bin/sh -c #(nop)  CMD ["x"]'),
      step(30, '/bin/sh -c #(nop) COPY file:2 in / '),
    ];
    expect(sizes(three, classic)).toEqual([10, 0, 30]);
  });

  it('count nothing where they are in doubt', () => {
    const doubt = [step(10), step(0, 'WORKDIR /a'), step(20), step(0, 'WORKDIR /b')];
    expect(sizes(three, doubt)).toEqual([10, 0, 0]);
    expect(sizes(three, [])).toEqual([0, 0, 0]);
    expect(sizes([diff('a')], [step(10), step(20)])).toEqual([0]);
    for (const unsure of [doubt, [], [step(10), step(20), step(1), step(2)]])
      expect(layersOf(three, unsure).inDoubt).toBe(true);
    for (const sure of [
      [step(10), step(20), step(30)],
      [step(10), step(0), step(0)],
    ])
      expect(layersOf(three, sure).inDoubt).toBe(false);
  });

  it('never sum to more than the steps, whatever those are', () => {
    const anyStep = fc.record({
      size: fc.nat(5),
      createdBy: fc.constantFrom(run, 'CMD ["x"]', 'WORKDIR /', '/bin/sh -c true'),
    });
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', 'c')), fc.array(anyStep), (names, steps) => {
        const found = sizes(names.map(diff), steps);
        expect(found).toHaveLength(names.length);
        const sum = (all: number[]): number => all.reduce((a, b) => a + b, 0);
        expect(sum(found)).toBeLessThanOrEqual(sum(steps.map(({ size }) => size)));
      }),
    );
  });
});
