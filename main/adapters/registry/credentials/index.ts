import { homedir } from 'node:os';
import type { Millis } from '../../../domain/facts.js';
import { parseReference } from '../../../domain/reference.js';
import type { Credential, CredentialsFound, CredentialSource, RegistryHost } from '../types.js';
import { cleaned } from '../failures.js';
import {
  credentialIn,
  credentialKey,
  dockerConfigFile,
  helperFor,
  readDockerConfig,
} from './config.js';
import { askHelper, helperFolders } from './helper.js';

/** Milliseconds that an answer is used again: many images of one registry are asked about at once. */
const remembered = 60_000;

/**
 * This machine, with the environment as it is now.
 *
 * @param systemProxy the desktop's proxy settings, where it is asked for them
 */
export function thisRegistryHost(systemProxy?: RegistryHost['systemProxy']): RegistryHost {
  const { platform, env } = process;
  return { platform, env, home: homedir(), ...(systemProxy && { systemProxy }) };
}

/** Whose credentials the docker CLI would use, from its config file and credential helpers. */
export class Credentials implements CredentialSource {
  readonly #asked = new Map<string, { at: Millis; answer: Promise<Credential | null> }>();
  readonly #found = new Map<string, CredentialsFound>();

  constructor(
    private readonly host: RegistryHost,
    private readonly now: () => Millis,
  ) {}

  /** See `CredentialSource.of`; a helper is asked at most once a minute. */
  of(registry: string): Promise<Credential | null> {
    const before = this.#asked.get(registry);
    const age = before ? this.now() - before.at : Infinity;
    if (before && age >= 0 && age < remembered) return before.answer;
    const answer = this.#ask(registry);
    this.#asked.set(registry, { at: this.now(), answer });
    return answer;
  }

  /** Where a registry's credentials were found the last time; null: they were not looked for. */
  found(registry: string): CredentialsFound | null {
    return this.#found.get(registry) ?? null;
  }

  /** Where they are looked for: docker's settings, and the folders of its helpers. */
  get looked(): { config: string; helpers: string[] } {
    return { config: dockerConfigFile(this.host), helpers: helperFolders(this.host) };
  }

  /**
   * The value of `X-Registry-Auth` for a pull by the engine (base64url of JSON, as it takes it): only
   * for Unix sockets and pipes. Null where nothing is known.
   *
   * @throws CareenError `reference-invalid`, and as `of`
   */
  async registryAuthHeader(reference: string): Promise<string | null> {
    const { domain } = parseReference(reference);
    const credential = await this.of(domain);
    if (!credential) return null;
    const config = { ...engineForm(credential), serveraddress: credentialKey(domain) };
    // The engine wants the padding, which Node's own base64url leaves out.
    return Buffer.from(JSON.stringify(config))
      .toString('base64')
      .replaceAll('+', '-')
      .replaceAll('/', '_');
  }

  async #ask(registry: string): Promise<Credential | null> {
    const config = await readDockerConfig(this.host);
    const helper = helperFor(config, registry);
    const named = helper === null ? null : cleaned(`docker-credential-${helper}`);
    // Also where the helper fails: that it was to be asked is what a person needs to know.
    if (named !== null) this.#found.set(registry, { from: 'helper', helper: named });
    const credential =
      helper === null
        ? credentialIn(config, registry)
        : await askHelper(helper, credentialKey(registry), this.host);
    if (credential === null) this.#found.set(registry, { from: 'nowhere', helper: named });
    else if (named === null) this.#found.set(registry, { from: 'config', helper: null });
    return credential;
  }
}

function engineForm(credential: Credential): Record<string, string> {
  switch (credential.kind) {
    case 'password':
      return { username: credential.username, password: credential.password };
    case 'identity':
      return { identitytoken: credential.token };
    case 'registry':
      return { registrytoken: credential.token };
  }
}
