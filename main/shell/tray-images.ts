import path from 'node:path';
import { nativeImage, type NativeImage } from 'electron';
import type { TrayIcon } from './tray-view.js';

/** Windows takes all its sizes from an .ico, macOS recolours a template; both find `@2x` themselves. */
const SUFFIX: Partial<Record<NodeJS.Platform, string>> = { win32: '.ico', darwin: 'Template.png' };

/**
 * The tray's images, each read once: Electron would copy an .ico out of the archive every time.
 *
 * @param root the application's folder
 */
export function trayImages(
  root: string,
  platform: NodeJS.Platform,
): (icon: TrayIcon) => NativeImage {
  const read = new Map<TrayIcon, NativeImage>();
  return (icon) => {
    const known = read.get(icon);
    if (known) return known;
    const file = `${icon}${SUFFIX[platform] ?? '.png'}`;
    const image = nativeImage.createFromPath(path.join(root, 'resources', 'tray', file));
    if (platform === 'darwin') image.setTemplateImage(true);
    read.set(icon, image);
    return image;
  };
}
