import { describe, expect, it } from 'vitest';
import { addressOf } from '../../../../main/adapters/registry/address.js';
import { proxyFor } from '../../../../main/adapters/registry/proxy.js';

describe('a registry\u2019s address', () => {
  it('is another than its name for Docker Hub', () => {
    expect(addressOf('docker.io', [])).toEqual({
      name: 'docker.io',
      host: 'registry-1.docker.io',
      loopback: false,
      insecure: false,
    });
  });

  it.each([
    ['127.0.0.1:5000', true],
    ['127.9.9.9', true],
    ['localhost:5000', true],
    ['[::1]:5000', true],
    ['128.0.0.1', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example:5000', false],
  ])('%s is this machine: %s', (name, loopback) => {
    expect(addressOf(name, []).loopback).toBe(loopback);
  });

  it.each([
    ['10.1.2.3:5000', true],
    ['11.1.2.3:5000', false],
    ['reg.corp:5000', true],
    ['reg.corp', false],
    ['[fd00::1]:5000', true],
    ['localhost:5000', true],
  ])('%s is insecure as the engine says: %s', (name, insecure) => {
    const said = [
      '10.0.0.0/8',
      'reg.corp:5000',
      'fd00::/8',
      '127.0.0.0/8',
      'nonsense/99',
      '1.2.3.4/x',
    ];
    expect(addressOf(name, said).insecure).toBe(insecure);
  });
});

describe('a proxy', () => {
  const env = {
    HTTPS_PROXY: 'http://proxy:3128',
    http_proxy: 'plain:8080',
    NO_PROXY: 'corp.example, 10.0.0.0/8',
  };
  const of = (url: string) => proxyFor(new URL(url), env);

  it('is chosen by scheme and host as docker does', () => {
    const without = env.NO_PROXY;
    expect(of('https://ghcr.io/v2/')).toEqual({ url: 'http://proxy:3128', without });
    expect(of('http://reg.example/v2/')).toEqual({ url: 'http://plain:8080', without });
    expect(of('https://10.1.2.3:5000/')).toBeNull();
    expect(of('http://127.0.0.1:5000/')).toBeNull();
    expect(of('https://localhost/')).toBeNull();
    expect(of('https://[::1]:5000/')).toBeNull();
    expect(proxyFor(new URL('https://ghcr.io/'), {})).toBeNull();
  });
});
