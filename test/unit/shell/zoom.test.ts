import { describe, expect, it } from 'vitest';
import { messages } from '../../../main/messages/index.js';
import { appMenu } from '../../../main/shell/app-menu.js';
import { zoomAskedBy, zoomFrom, type ZoomAct, type ZoomInput } from '../../../main/shell/zoom.js';

const none = { control: false, meta: false, alt: false, shift: false };
const press = (key: string, code: string, held: Partial<ZoomInput> = {}): ZoomInput => ({
  ...none,
  type: 'keyDown',
  control: true,
  key,
  code,
  ...held,
});

describe('the keys of the zoom', () => {
  it.each<[string, ZoomInput, ZoomAct | null]>([
    ['=', press('=', 'Equal'), 'in'],
    ['+', press('+', 'Equal', { shift: true }), 'in'],
    ['+ of the number block', press('+', 'NumpadAdd'), 'in'],
    ['+ of a German keyboard', press('+', 'BracketRight'), 'in'],
    ['+ of a Swiss keyboard', press('+', 'Digit1', { shift: true }), 'in'],
    ['-', press('-', 'Minus'), 'out'],
    ['- of the number block', press('-', 'NumpadSubtract'), 'out'],
    ['0', press('0', 'Digit0'), 'reset'],
    ['0 of the number block', press('0', 'Numpad0'), 'reset'],
    ['0 of a French keyboard', press('à', 'Digit0'), 'reset'],
    ['- of a French keyboard, which is 6', press('-', 'Digit6'), null],
    ['- alone', press('-', 'Minus', { control: false }), null],
    ['- with Alt too', press('-', 'Minus', { alt: true }), null],
    ['- let go', press('-', 'Minus', { type: 'keyUp' }), null],
    ['1', press('1', 'Digit1'), null],
  ])('%s', (_, input, act) => {
    expect(zoomAskedBy(input, false)).toBe(act);
    const onMac = { ...input, control: input.meta, meta: input.control };
    expect(zoomAskedBy(onMac, true)).toBe(act);
    expect(zoomAskedBy(input, true)).toBe(null);
  });

  it('goes step by step past 200 % and back, and stays at both ends', () => {
    const steps = (act: ZoomAct) => {
      const seen = [1];
      for (let n = 0; n < 10; n++) seen.push(zoomFrom((seen.at(-1) ?? 1) + 0.0001, act));
      return seen;
    };
    expect(steps('in')).toContain(2);
    expect(zoomFrom(3, 'in')).toBe(3);
    expect(steps('out')).toContain(0.5);
    expect(zoomFrom(0.5, 'out')).toBe(0.5);
    expect(zoomFrom(2.5, 'reset')).toBe(1);
  });
});

describe('the application menu', () => {
  it('has the zoom on macOS, in the language of the window; elsewhere there is none', () => {
    const asked: ZoomAct[] = [];
    const words = messages('zh-CN');
    const menu = appMenu('darwin', words, (act) => asked.push(act));
    const view = menu?.find(({ label }) => label === words.window.palette.group.view);
    const items = view?.submenu as Electron.MenuItemConstructorOptions[];
    for (const { click } of items) (click as () => void)();
    expect(asked).toEqual(['reset', 'in', 'out']);
    expect(appMenu('linux', words, () => undefined)).toBeNull();
    expect(appMenu('win32', words, () => undefined)).toBeNull();
  });
});
