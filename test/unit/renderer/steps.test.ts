import { describe, expect, it } from 'vitest';
import type { StepKind, StepTold } from '../../../main/contract/update-steps.js';
import { stepsOf } from '../../../main/domain/update/steps.js';
import { begun, currentStep, downFor, shownSteps } from '../../../renderer/app/updates/steps.js';

const told = (step: StepKind, over: Partial<StepTold> = {}): StepTold => ({
  id: step,
  container: 'db',
  step,
  state: 'done',
  took: 100,
  bytes: null,
  count: null,
  ...over,
});

describe('steps that a person is shown', () => {
  it('leave out what takes no time, save where it went wrong', () => {
    const steps = [
      told('tag'),
      told('stop'),
      told('rename', { state: 'failed' }),
      told('restart-policy-off', { state: 'undone' }),
    ];
    expect(shownSteps(steps).map(({ step }) => step)).toEqual(['stop', 'rename']);
  });
});

describe('the steps of a run that has ended', () => {
  it('are those that were begun', () => {
    const steps = [
      told('pull'),
      told('prove', { state: 'failed' }),
      told('retire', { state: 'waiting' }),
    ];
    expect(begun(steps).map(({ step }) => step)).toEqual(['pull', 'prove']);
  });
});

describe('down time in a run under way', () => {
  const all = stepsOf({
    kind: 'update',
    running: true,
    autoRemove: false,
    pull: true,
    hooks: { before: false, after: false },
    copies: false,
  }).map((step) => told(step));

  it('is the sum from the stop to the start', () => {
    expect(downFor(all)).toBe(300);
  });
  it('is not told before it is up again', () => {
    const starting = all.map((one) =>
      one.step === 'start' ? { ...one, state: 'working' as const, took: null } : one,
    );
    expect(downFor(starting)).toBeNull();
  });
  it('is none where nothing stops', () => {
    expect(downFor([told('retain'), told('create')])).toBeNull();
  });
});

describe('the step that a container is at', () => {
  it('is the one under way, else the next', () => {
    const next = [told('pull'), told('create', { state: 'waiting' })];
    expect(currentStep(next)?.step).toBe('create');
    expect(currentStep([...next, told('stop', { state: 'working' })])?.step).toBe('stop');
    expect(currentStep([told('pull')])).toBeNull();
  });
});
