import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Distribution } from './types.js';

const run = promisify(execFile);

/** Milliseconds: PowerShell takes seconds to start and to compile what it is given. */
const patience = 20_000;

const lxss = 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Lxss';

/** FILE_ATTRIBUTE_SPARSE_FILE, and the call that tells what such a file takes. */
const script = `
$file = $env:CAREEN_DISK_FILE
if (-not ((Get-Item -LiteralPath $file -Force).Attributes -band 0x200)) { exit }
$call = Add-Type -Name Sizes -Namespace Careen -PassThru -MemberDefinition '
  [DllImport("kernel32.dll", CharSet = CharSet.Unicode, SetLastError = true)]
  public static extern uint GetCompressedFileSizeW(string name, out uint high);'
$high = [uint32]0
$low = $call::GetCompressedFileSizeW($file, [ref]$high)
([uint64]$high * 4294967296) + $low
`;

/**
 * Bytes on the disk of a sparse file (HOSTS §2, "Apparent or allocated"); null of any other, and where
 * Windows does not tell. It starts a process.
 */
export async function sparseSize(file: string, platform: NodeJS.Platform): Promise<number | null> {
  if (platform !== 'win32') return null;
  const encoded = Buffer.from(script, 'utf16le').toString('base64');
  const args = ['-NoProfile', '-NonInteractive', '-EncodedCommand', encoded];
  const env = { ...process.env, CAREEN_DISK_FILE: file };
  const text = await output(system('WindowsPowerShell\\v1.0\\powershell.exe'), args, env);
  return /^\d+$/.test(text.trim()) ? Number(text) : null;
}

/** The user's distributions of WSL, from the registry; none elsewhere. It starts a process. */
export async function distributions(platform: NodeJS.Platform): Promise<Distribution[]> {
  if (platform !== 'win32') return [];
  return distributionsIn(await output(system('reg.exe'), ['query', lxss, '/s'], process.env));
}

/** Reads what `reg query … /s` prints: a line a key, its values indented below it. */
export function distributionsIn(text: string): Distribution[] {
  return text.split(/\r?\n(?=HKEY_)/).flatMap((key) => {
    const value = (name: string) =>
      new RegExp(`^\\s+${name}\\s+REG_\\w+\\s+(.*?)\\s*$`, 'm').exec(key)?.[1];
    const name = value('DistributionName');
    const folder = value('BasePath')?.replace(/^\\\\\?\\/, '');
    if (name === undefined || folder === undefined) return [];
    return [{ name, folder, file: value('VhdFileName') ?? 'ext4.vhdx' }];
  });
}

/** A program of the system's own, never one of the same name on the way. */
function system(program: string): string {
  return path.win32.join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', program);
}

/** What a program prints; nothing where it cannot be run or fails, which then tells nothing. */
async function output(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<string> {
  try {
    const { stdout } = await run(program, args, { env, timeout: patience, windowsHide: true });
    return stdout;
  } catch {
    return '';
  }
}
