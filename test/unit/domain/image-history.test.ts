import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinHistory, type HistoryStep } from '../../../main/domain/image-history.js';

const step = (createdBy: string, size = 0): HistoryStep => ({
  createdBy,
  comment: '',
  created: null,
  size,
});
const layers = (...sizes: number[]) => sizes.map((size, at) => ({ chainId: String(at), size }));
const nop = (text: string) => step(`/bin/sh -c #(nop) ${text}`);

describe('joinHistory', () => {
  it('lets steps that only set the config take no layer', () => {
    const steps = [
      step('/bin/sh -c #(nop) ADD file:1 in /', 70),
      nop(' CMD ["sh"]'),
      step('RUN /bin/sh -c apk add curl # buildkit', 9),
      step('ENV A=b'),
      step('COPY . /app # buildkit', 3),
    ];
    expect(joinHistory(layers(70, 9, 3), steps, false)).toEqual({
      steps: [0, 2, 4],
      unjoined: null,
    });
  });

  it('gives an empty layer to the step that makes one, between the same neighbours', () => {
    const steps = [step('ADD a', 5), step('ENV A=b'), step('RUN true'), step('COPY x', 2)];
    expect(joinHistory(layers(5, 0, 2), steps, false).steps).toEqual([0, 2, 3]);
    expect(joinHistory(layers(5, 2, 0), [...steps, step('RUN true')], false)).toEqual({
      steps: [0, 3, 4],
      unjoined: null,
    });
  });

  it('leaves an empty layer open where more steps may have made it', () => {
    const steps = [step('ADD a', 5), step('RUN true'), step('RUN false'), step('COPY x', 2)];
    expect(joinHistory(layers(5, 0, 2), steps, false)).toEqual({
      steps: [0, null, 3],
      unjoined: 'mismatch',
    });
  });

  it('says nothing of an image with a history of other layers, or of none', () => {
    const steps = [step('ADD a', 5), step('RUN b', 7)];
    expect(joinHistory(layers(12), steps, false)).toEqual({ steps: [null], unjoined: 'mismatch' });
    expect(joinHistory(layers(5, 8), steps, false)).toMatchObject({ steps: [null, null] });
    expect(joinHistory(layers(5, 7, 9), steps, false)).toMatchObject({ unjoined: 'mismatch' });
    expect(joinHistory(layers(5, 7), [], false)).toMatchObject({ unjoined: 'no-history' });
    expect(joinHistory(layers(5, 7), steps, true)).toMatchObject({ unjoined: 'doubt' });
    expect(joinHistory([], steps, false)).toEqual({ steps: [], unjoined: null });
  });

  it('never gives one step to two layers, nor steps out of their order', () => {
    const some = fc.array(fc.record({ size: fc.nat(2), makes: fc.boolean() }), { maxLength: 12 });
    fc.assert(
      fc.property(some, fc.array(fc.nat(2), { maxLength: 8 }), (made, sizes) => {
        const steps = made.map(({ size, makes }) => step(makes ? 'RUN x' : 'ENV x', size));
        const { steps: joined } = joinHistory(layers(...sizes), steps, false);
        expect(joined).toHaveLength(sizes.length);
        const places = joined.filter((at) => at !== null);
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        joined.forEach((at, i) => {
          if (at !== null) expect(steps[at]?.size).toBe(sizes[i]);
        });
      }),
    );
  });
});
