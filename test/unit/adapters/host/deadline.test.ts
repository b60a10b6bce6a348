import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { within } from '../../../../main/adapters/host/deadline.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = new Promise<string>(() => undefined);
const fail = () => {
  throw new Error('late');
};

it('gives what is asked, or its failure, and waits for nothing more', async () => {
  expect(await within(Promise.resolve('asked'), 5, fail)).toBe('asked');
  await expect(within(Promise.reject(new Error('asked')), 5, fail)).rejects.toThrow('asked');
  expect(vi.getTimerCount()).toBe(0);
});

it('gives or throws what stands for it once its time is over, and not before', async () => {
  const told: string[] = [];
  const late = within(never, 5, () => told.push('late'));
  const failed = expect(within(never, 5, fail)).rejects.toThrow('late');
  await vi.advanceTimersByTimeAsync(4);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(await late).toBe(1);
  await failed;
});
