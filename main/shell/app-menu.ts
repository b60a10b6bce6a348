import type { MenuItemConstructorOptions } from 'electron';
import type { Messages } from '../messages/index.js';
import type { ZoomAct } from './zoom.js';

/**
 * The application's menu: macOS finds the keys for copy and paste in it, and a person the zoom;
 * elsewhere it would only take room. Null: none.
 */
export function appMenu(
  platform: NodeJS.Platform,
  { window }: Messages,
  zoom: (act: ZoomAct) => void,
): MenuItemConstructorOptions[] | null {
  if (platform !== 'darwin') return null;
  const { group, zoom: words } = window.palette;
  const item = (act: ZoomAct, key: string): MenuItemConstructorOptions => ({
    label: words[act],
    accelerator: `Command+${key}`,
    click: () => zoom(act),
  });
  return [
    { role: 'appMenu' },
    { role: 'editMenu' },
    { label: group.view, submenu: [item('reset', '0'), item('in', 'Plus'), item('out', '-')] },
    { role: 'windowMenu' },
  ];
}
