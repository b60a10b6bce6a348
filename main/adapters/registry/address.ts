import { BlockList, isIP } from 'node:net';

/** Where a registry is asked, by the name that references call it by. */
export interface Address {
  /** As it stands in a reference: `docker.io`, `ghcr.io`, `127.0.0.1:5000`. */
  name: string;
  /** Host and port that answer for it. */
  host: string;
  /** On this very machine. */
  loopback: boolean;
  /** The engine takes it without TLS, or with a certificate that proves nothing. */
  insecure: boolean;
}

/** Docker Hub is asked at another name than its references carry. */
const hub = { name: 'docker.io', host: 'registry-1.docker.io' };

/**
 * @param insecure what the engine calls insecure (`/info`): names as in references, and CIDRs
 */
export function addressOf(domain: string, insecure: readonly string[]): Address {
  const host = domain === hub.name ? hub.host : domain;
  return {
    name: domain,
    host,
    loopback: isLoopback(hostnameOf(host)),
    insecure: insecure.includes(domain) || isWithin(hostnameOf(host), insecure),
  };
}

/** A host without its port, and an IPv6 address without its brackets. */
export function hostnameOf(host: string): string {
  return host
    .replace(/:\d*$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}

/** Whether a host's name leads to this machine, whatever any name server says. */
export function isLoopback(hostname: string): boolean {
  return isWithin(hostname, ['127.0.0.0/8', '::1/128']);
}

/**
 * Whether an address lies in one of these networks. Names are not looked up, `localhost` excepted;
 * what is no network in the list counts for nothing.
 */
export function isWithin(hostname: string, networks: readonly string[]): boolean {
  const address = hostname === 'localhost' ? '127.0.0.1' : hostname;
  const version = isIP(address);
  if (version === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits = ''] = network.split('/');
    const family = isIP(base);
    if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128))
      continue;
    list.addSubnet(base, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  }
  return list.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
