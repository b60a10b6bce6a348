import { createSign, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Certificates } from './certificates.js';
import { REGISTRY_USER } from './registry.js';

/** One question that the server was asked, with what was said about who asks. */
export interface TokenQuestion {
  method: string;
  scope: string;
  service: string;
  authorization: string | null;
  refreshToken: string | null;
}

/** By this refresh token the server knows the user, too. */
export const IDENTITY_TOKEN = 'identity-of-u';

/**
 * Gives the tokens that a registry with `auth: 'token'` asks for, signed by the certificate that it
 * knows: for `public/*` to anybody, for the rest to `REGISTRY_USER`.
 */
export class TokenServer {
  readonly asked: TokenQuestion[] = [];
  /** Seconds. */
  lifetime = 300;

  private constructor(
    private readonly server: Server,
    private readonly certificates: Certificates,
  ) {}

  static async start(certificates: Certificates): Promise<TokenServer> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const made = new TokenServer(server, certificates);
    server.on('request', (request, response) => {
      void text(request).then((body) => {
        const url = new URL(request.url ?? '/', made.realm);
        const form = request.method === 'POST' ? new URLSearchParams(body) : url.searchParams;
        const question = {
          method: request.method ?? '',
          scope: form.get('scope') ?? '',
          service: form.get('service') ?? '',
          authorization: request.headers.authorization ?? null,
          refreshToken: form.get('refresh_token'),
        };
        made.asked.push(question);
        const token = made.#tokenFor(question);
        response.writeHead(token === null ? 401 : 200, { 'content-type': 'application/json' });
        response.end(JSON.stringify(token === null ? {} : { token, expires_in: made.lifetime }));
      });
    });
    return made;
  }

  get realm(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/token`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Null for whoever says to be the user and is not. */
  #tokenFor({ scope, service, authorization, refreshToken }: TokenQuestion): string | null {
    const { username, password } = REGISTRY_USER;
    const right = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const known = authorization === right || refreshToken === IDENTITY_TOKEN;
    if (!known && (authorization !== null || refreshToken !== null)) return null;
    const [type = '', name = '', actions = ''] = scope.split(':');
    const open = known || name.startsWith('public/');
    const now = Math.floor(Date.now() / 1000);
    const x5c = [this.certificates.cert.replace(/-----[^-]+-----|\s/g, '')];
    const head = [
      { typ: 'JWT', alg: 'RS256', x5c },
      {
        ...{ iss: TOKEN_ISSUER, aud: service, sub: known ? username : '', jti: randomUUID() },
        ...{ iat: now, nbf: now - 10, exp: now + this.lifetime },
        access: open ? [{ type, name, actions: actions.split(',') }] : [],
      },
    ]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const signature = createSign('RSA-SHA256').update(head).sign(this.certificates.key);
    return `${head}.${signature.toString('base64url')}`;
  }
}

export const TOKEN_ISSUER = 'test-issuer';
