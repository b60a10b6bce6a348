import type { MessageBoxOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { messages } from '../../../main/messages/index.js';
import { Dialogs } from '../../../main/shell/dialogs.js';
import type { WideningEffect } from '../../../main/shell/types.js';

/** What is asked of a person before something is widened. */
async function asked(effect: WideningEffect, of?: string[]) {
  const shown: MessageBoxOptions[] = [];
  const dialogs = new Dialogs({
    dialog: {
      showMessageBox: (options: MessageBoxOptions) => {
        shown.push(options);
        return Promise.resolve({ response: 1, checkboxChecked: false });
      },
    } as never,
    window: () => null,
    words: () => messages('en'),
  });
  expect(await dialogs.confirm(effect, of)).toBe(true);
  return { message: shown[0]?.message, detail: shown[0]?.detail ?? '' };
}

const auto: WideningEffect = { kind: 'auto-mode', change: null };

describe('what is asked before a policy does more', () => {
  it('names no engine where there is one only', async () => {
    expect((await asked(auto)).message).toBe('Let Careen clean up by itself?');
  });

  it('names the one that the policy is for', async () => {
    const { message, detail } = await asked(auto, ['cellar']);
    expect(message).toBe('cellar: Let Careen clean up by itself?');
    expect(detail).not.toContain('cellar');
  });

  it('names all that go by the policy', async () => {
    const { message, detail } = await asked(auto, ['laptop', 'cellar']);
    expect(message).toBe('Let Careen clean up by itself?');
    expect(detail).toContain('laptop and cellar');
  });

  it('names none beside an address, which says where it leads', async () => {
    const effect: WideningEffect = { kind: 'foreign-endpoint', endpoint: 'ssh://far' };
    const { message, detail } = await asked(effect, ['laptop', 'cellar']);
    expect(`${message} ${detail}`).not.toContain('laptop');
  });
});
