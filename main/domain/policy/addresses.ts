/** Reads an http or https address without a user in it; null for anything else. */
export function parseHttpAddress(text: string): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isHttp = url.protocol === 'http:' || url.protocol === 'https:';
  return isHttp && url.username === '' && url.password === '' ? url : null;
}

/** Reads `host:port`, an IPv6 address in brackets; null for anything else. */
export function parseHostAndPort(text: string): { host: string; port: number } | null {
  const [, host, digits] = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_535) return null;
  return { host: host.replace(/^\[|\]$/g, ''), port };
}

/** Whether a host's name or address leads to this machine itself, whatever any name server says. */
export function isLoopbackHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

/**
 * Whether what is asked at a host may be this machine, in any spelling: the unspecified address leads
 * here too, and names below `localhost` do (RFC 6761). Wider than `isLoopbackHost`: in doubt it is.
 */
export function mayLeadHere(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const text = `http://${bare.includes(':') ? `[${bare}]` : bare}/`;
  // It writes every spelling of an address in one way.
  const name = URL.canParse(text) ? new URL(text).hostname.replace(/^\[|\]$/g, '') : bare;
  return (
    isLoopbackHost(name) ||
    name === '0.0.0.0' ||
    name === '::' ||
    /^::ffff:(7f[0-9a-f]{2}|0):/.test(name) ||
    /(^|\.)localhost(\.localdomain)?$/.test(name) ||
    /^ip6-(localhost|loopback)$/.test(name)
  );
}
