import { homedir, hostname, release, userInfo } from 'node:os';

/** This process and the machine that it runs on; the person only to be taken out of what is told of it. */
export function thisMachine() {
  const { platform, arch, versions } = process;
  const { node, electron, chrome, v8 } = versions as Record<string, string | undefined>;
  const made = { node, electron, chrome, v8 };
  return {
    platform,
    arch,
    release: release(),
    versions: Object.fromEntries(
      Object.entries(made).filter((one): one is [string, string] => one[1] !== undefined),
    ),
    person: { home: homedir(), user: userName(), host: hostname() },
  };
}

/** Empty where the system has no entry for the account, as in a container. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
