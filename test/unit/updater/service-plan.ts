import { digest, web } from '../domain/swarm/support.js';

/** What stands written of an update of the service `web` that Swarm was asked for. */
export const planOf = (rules: object, kind = 'update') => ({
  serviceId: 'svc',
  container: 'web',
  kind,
  image: web(2),
  before: { image: web(1), digest: digest(1) },
  version: 10,
  at: 0,
  rules,
});
