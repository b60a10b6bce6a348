import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { defaultPolicyText } from '../../../main/domain/policy/default.js';
import { appEnvironment, electronFlags, electronPath } from '../../e2e/support/app.js';

/** DESIGN §8, idle in the tray: of one core, all processes of the app together. */
export const idleBudget = 0.005;

/** The default policy; what its schedule does at noon would not be idle, so that is half a day away. */
function policy(): string {
  const away = (new Date().getHours() + 12) % 24;
  return defaultPolicyText.replace('"0 12 * * *"', `"0 ${away} * * *"`);
}

/** Where an app has its data home, and what it takes for the person's own folder. */
export interface Places {
  home: string;
  user: string;
}

/** Makes both below a folder, with a policy. */
export async function placesIn(folder: string): Promise<Places> {
  const places = { home: path.join(folder, 'home'), user: path.join(folder, 'user') };
  await mkdir(places.home, { recursive: true, mode: 0o700 });
  await mkdir(places.user, { recursive: true });
  await writeFile(path.join(places.home, 'policy.yaml'), policy());
  return places;
}

/** An app as a desktop starts it at login, with nobody's eyes on it. */
export class TrayApp {
  /** What it wrote to the terminal. */
  output = '';

  private constructor(private readonly child: ChildProcess) {
    child.stderr?.on('data', (data: Buffer) => (this.output += data.toString()));
  }

  /**
   * @param words the app's place, and its arguments
   * @param socket the engine that it finds by itself; absent: none
   */
  static start(words: string[], { home, user }: Places, socket?: string): TrayApp {
    const [place = '', ...rest] = words;
    return new TrayApp(
      spawn(electronPath, [place, ...electronFlags, ...rest], {
        env: appEnvironment(home, user, socket),
        stdio: ['ignore', 'ignore', 'pipe'],
      }),
    );
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
  }
}
