import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Course, stepsOf } from '../../../../main/domain/update/steps.js';

const plain: Course = {
  kind: 'update',
  running: true,
  autoRemove: false,
  pull: true,
  hooks: { before: false, after: false },
  copies: false,
};

const courses = fc.record({
  kind: fc.constantFrom('update', 'rollback', 'recreate', 'restart'),
  running: fc.boolean(),
  autoRemove: fc.boolean(),
  pull: fc.boolean(),
  hooks: fc.record({ before: fc.boolean(), after: fc.boolean() }),
  copies: fc.boolean(),
}) satisfies fc.Arbitrary<Course>;

describe('the steps of an update', () => {
  it('create the new container while the old one runs, and retire that once the new one is proven', () => {
    expect(stepsOf(plain)).toEqual([
      'retain',
      'pull',
      'tag',
      'create',
      'restart-policy-off',
      'stop',
      'rename',
      'start',
      'prove',
      'retire',
      'clean-up',
    ]);
  });

  it('of one that does not run leave both stopped', () => {
    expect(stepsOf({ ...plain, running: false })).toEqual([
      'retain',
      'pull',
      'tag',
      'create',
      'restart-policy-off',
      'rename',
      'clean-up',
    ]);
  });

  it('of one that the engine removes by itself set no restart policy, which it would refuse', () => {
    expect(stepsOf({ ...plain, autoRemove: true })).not.toContain('restart-policy-off');
  });

  it('copy volumes before the new version has them, and give copies back before the older one has', () => {
    const steps = (kind: Course['kind']) => stepsOf({ ...plain, kind, copies: true });
    for (const [kind, step] of [
      ['update', 'copy-volumes'],
      ['rollback', 'restore'],
    ] as const) {
      const at = (name: string) => steps(kind).findIndex((one) => one === name);
      expect(at('stop')).toBeLessThan(at(step));
      expect(at(step)).toBeLessThan(at('start'));
    }
  });

  it('make anew what hung on another without proving it, and keep its image as it is', () => {
    const steps = stepsOf({ ...plain, kind: 'recreate', pull: false });
    for (const none of ['prove', 'tag', 'clean-up']) expect(steps).not.toContain(none);
  });

  it('never stop, rename or remove what runs before what takes its place was created', () => {
    fc.assert(
      fc.property(courses, (course) => {
        const steps = stepsOf(course);
        const at = (name: string) => steps.findIndex((one) => one === name);
        if (course.kind === 'restart') expect(steps).toEqual(['dependants']);
        else
          for (const step of ['stop', 'rename', 'restart-policy-off', 'retire'])
            if (at(step) >= 0) expect(at('create')).toBeLessThan(at(step));
        if (at('retire') >= 0) expect(at('start')).toBeLessThan(at('retire'));
        expect(new Set(steps).size).toBe(steps.length);
      }),
    );
  });
});
