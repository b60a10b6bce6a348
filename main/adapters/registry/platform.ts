/** What an image is for, as a manifest list tells it. */
export interface Platform {
  os: string;
  architecture: string;
  variant: string;
}

/** Other names of architectures, and variants that go without saying (containerd, platforms/database.go). */
const architectures: Record<string, string> = {
  i386: '386',
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm',
  armel: 'arm',
};

/** Reads `os/arch[/variant]`, as an engine tells what an image is for. */
export function parsePlatform(text: string): Platform {
  const [os = '', architecture = '', variant = ''] = text.toLowerCase().split('/');
  return normalised({ os, architecture, variant });
}

/**
 * What runs on a platform, the best first, as containerd chooses (platforms/compare.go, `Only`): an
 * older variant runs on a newer one, `386` on `amd64`, `arm` on `arm64`.
 */
export function runsOn(platform: Platform): Platform[] {
  const of = (architecture: string, variant: string) => ({ ...platform, architecture, variant });
  const version = Number(/^v(\d+)$/.exec(platform.variant)?.[1] ?? 0);
  switch (platform.architecture) {
    case 'amd64':
      return [
        platform,
        ...below(version, 1).map((v) => of('amd64', v === 1 ? '' : `v${v}`)),
        of('386', ''),
      ];
    case 'arm':
      return [platform, ...below(version, 5).map((v) => of('arm', `v${v}`))];
    case 'arm64':
      return [
        platform,
        ...below(version, 8).map((v) => of('arm64', v === 8 ? '' : `v${v}`)),
        ...[8, 7, 6, 5].map((v) => of('arm', `v${v}`)),
      ];
    default:
      return [platform];
  }
}

/** The numbers under one, down to another. */
function below(version: number, last: number): number[] {
  return Array.from({ length: Math.max(version - last, 0) }, (_, i) => version - 1 - i);
}

/**
 * The one of several that is for a platform, by containerd's order; of equals the first. One that does
 * not say what it is for is taken where no other is.
 */
export function choose<T extends { platform: Platform | null }>(
  candidates: readonly T[],
  platform: string,
): T | null {
  for (const wanted of runsOn(parsePlatform(platform))) {
    const found = candidates.find(
      (one) => one.platform && isSame(normalised(one.platform), wanted),
    );
    if (found) return found;
  }
  return candidates.find((one) => one.platform === null) ?? null;
}

function isSame(a: Platform, b: Platform): boolean {
  return a.os === b.os && a.architecture === b.architecture && a.variant === b.variant;
}

function normalised({ os, architecture, variant }: Platform): Platform {
  const name = architecture.toLowerCase();
  const known = architectures[name] ?? name;
  return {
    os: os.toLowerCase() === 'macos' ? 'darwin' : os.toLowerCase(),
    architecture: known,
    variant: variantOf(name, known, variant.toLowerCase()),
  };
}

function variantOf(name: string, architecture: string, variant: string): string {
  const numbered = /^\d+$/.test(variant) ? `v${variant}` : variant;
  if (architecture === 'amd64') return numbered === 'v1' ? '' : numbered;
  if (architecture === 'arm64') return numbered === 'v8' ? '' : numbered;
  if (name === 'armel') return 'v6';
  if (architecture === 'arm') return numbered === '' ? 'v7' : numbered;
  return numbered;
}
