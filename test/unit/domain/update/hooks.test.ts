import { describe, expect, it } from 'vitest';
import { hooksOf } from '../../../../main/domain/update/hooks.js';
import { spec } from './support.js';

const w = 'com.centurylinklabs.watchtower.lifecycle.';

const hooks = (labels: Record<string, string>, imageLabels: Record<string, string> = {}) =>
  hooksOf(spec({ labels }), imageLabels, true);

describe('hooks', () => {
  it('are Watchtower’s and drydock’s, before and after', () => {
    const found = hooks({
      [`${w}pre-check`]: 'never',
      [`${w}post-update`]: 'c',
      [`${w}pre-update`]: ' a ',
      'dd.hook.post': 'd',
      'dd.hook.pre': 'b',
    });
    expect(found).toEqual([
      { when: 'pre-update', command: 'a', label: `${w}pre-update`, timeout: 60_000, aborts: true },
      { when: 'pre-update', command: 'b', label: 'dd.hook.pre', timeout: 60_000, aborts: true },
      {
        when: 'post-update',
        command: 'c',
        label: `${w}post-update`,
        timeout: 60_000,
        aborts: false,
      },
      { when: 'post-update', command: 'd', label: 'dd.hook.post', timeout: 60_000, aborts: false },
    ]);
  });

  it('run only where the policy says so', () => {
    expect(hooksOf(spec({ labels: { [`${w}pre-update`]: 'a' } }), {}, false)).toEqual([]);
  });

  it('of an image never run, nor what is empty', () => {
    const labels = { [`${w}pre-update`]: 'a', 'dd.hook.pre': 'b', [`${w}post-update`]: ' ' };
    expect(hooks(labels, labels)).toEqual([]);
    expect(hooks(labels, { ...labels, 'dd.hook.pre': 'other' })).toMatchObject([
      { command: 'b', when: 'pre-update' },
    ]);
  });

  it('of an image are known as its own in whatever form its labels are told', () => {
    const label = { [`${w}pre-update`]: 'a\n\u202eb' };
    expect(hooks(label, { [`${w}pre-update`]: 'a \ufffdb' })).toEqual([]);
    expect(hooks(label, label)).toEqual([]);
    expect(hooks(label)).toHaveLength(1);
  });

  it('never run where it is not known what the image says', () => {
    expect(hooksOf(spec({ labels: { [`${w}pre-update`]: 'a' } }), null, true)).toEqual([]);
  });

  it.each([
    ['5', 300_000],
    ['0', null],
    ['-3', null],
    ['1.5', 60_000],
    ['soon', 60_000],
    ['', 60_000],
  ])('have Watchtower’s timeout of %j minutes as %j ms', (text, timeout) => {
    const labels = {
      [`${w}pre-update`]: 'a',
      [`${w}post-update`]: 'b',
      [`${w}pre-update-timeout`]: text,
      [`${w}post-update-timeout`]: text,
    };
    expect(hooks(labels).map((hook) => hook.timeout)).toEqual([timeout, timeout]);
  });

  it('of an image have no timeout to say either', () => {
    const timeout = { [`${w}pre-update-timeout`]: '0' };
    expect(hooks({ [`${w}pre-update`]: 'a', ...timeout }, timeout)[0]?.timeout).toBe(60_000);
  });

  it.each([
    ['120000', 120_000],
    ['0', 60_000],
    ['120000ms', 60_000],
  ])('have drydock’s timeout of %j as %j ms', (text, timeout) => {
    expect(hooks({ 'dd.hook.pre': 'a', 'dd.hook.timeout': text })[0]?.timeout).toBe(timeout);
  });

  it.each([
    ['true', true],
    ['TRUE', true],
    ['false', false],
    ['no', false],
  ])('of drydock stop the update or not, by %j', (text, aborts) => {
    expect(hooks({ 'dd.hook.pre': 'a', 'dd.hook.pre.abort': text })[0]?.aborts).toBe(aborts);
  });
});
