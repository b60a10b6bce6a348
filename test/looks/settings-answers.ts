import type { Result } from '../../main/contract/commands.js';
import { DAY, NOW } from './base.js';

const HOUR = DAY / 24;

export const registries: Result<'registries'> = {
  registries: [
    {
      registry: 'docker.io',
      images: 41,
      access: 'anonymous',
      credentials: { from: 'nowhere', helper: 'docker-credential-desktop' },
      at: NOW - 2 * HOUR,
      error: null,
    },
    {
      registry: 'ghcr.io',
      images: 12,
      access: 'signed-in',
      credentials: { from: 'helper', helper: 'docker-credential-desktop' },
      at: NOW - 2 * HOUR,
      error: null,
    },
    {
      registry: 'quay.io',
      images: 2,
      access: 'unknown',
      credentials: null,
      at: null,
      error: null,
    },
    {
      registry: 'registry.acme.example:5000',
      images: 9,
      access: 'refused',
      credentials: { from: 'nowhere', helper: null },
      at: NOW - 2 * HOUR,
      error: {
        code: 'registry-auth',
        details: {
          registry: 'registry.acme.example:5000',
          repository: 'acme/billing',
          why: 'not-signed-in',
        },
      },
    },
    {
      registry: 'registry.lab.example',
      images: 1,
      access: 'unknown',
      credentials: null,
      at: NOW - 3 * DAY,
      error: {
        code: 'registry-silent',
        details: { registry: 'registry.lab.example', seconds: 10 },
      },
    },
  ],
  looked: {
    config: '/home/ada/.docker/config.json',
    helpers: ['/usr/local/bin', '/usr/bin', '/bin', '/home/ada/.rd/bin', '/home/ada/.local/bin'],
  },
};

export const about: Result<'about'> = {
  version: '0.1.0',
  data: [
    { kind: 'knowledge', bytes: 3_412_000, files: 2 },
    { kind: 'window', bytes: 1_900_000, files: 31 },
    { kind: 'history', bytes: 812_000, files: 1 },
    { kind: 'reserve', bytes: 262_144, files: 1 },
    { kind: 'plans', bytes: 210_000, files: 12 },
    { kind: 'policy', bytes: 2_400, files: 1 },
    { kind: 'settings', bytes: 420, files: 1 },
  ],
};

export const preview: Result<'diagnostics.preview'> = {
  files: [
    { name: 'about.json', bytes: 420 },
    { name: 'engine.json', bytes: 2_100 },
    { name: 'policy.json', bytes: 6_800 },
    { name: 'images.json', bytes: 64_200 },
    { name: 'history.json', bytes: 31_000 },
    { name: 'errors.json', bytes: 900 },
  ],
};
