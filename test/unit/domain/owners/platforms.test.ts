import { describe, expect, it } from 'vitest';
import { container } from '../arbitrary.js';
import {
  containerNeed,
  day,
  imageNeed,
  leaked,
  made,
  network,
  networkNeed,
  told,
  usedAgo,
  volume,
  volumeNeed,
} from './support.js';

const p = 'com.docker.compose';
const old = usedAgo(400 * day);

describe('Docker Desktop`s extensions', () => {
  it('are known by label or project, before Compose; images by the label of the extension API', () => {
    const labels = { [`${p}.project`]: 'acme_logs-desktop-extension', [`${p}.config-hash`]: 'x' };
    expect(made({ labels })).toMatchObject({
      kind: 'platform',
      tool: 'extensions',
      unit: 'acme_logs',
      command: 'docker extension update',
    });
    expect(told(made({ labels: { 'com.docker.desktop.extension': 'true' } }))).toBe('extensions');
    expect(told(made({ labels: { [`${p}.project`]: 'shop', [`${p}.config-hash`]: 'x' } }))).toBe(
      'Compose shop',
    );
    expect(leaked({ 'com.docker.desktop.extension': 'true' }).kind).toBe('person');
    const version = { 'com.docker.desktop.extension.api.version': '0.3.4' };
    expect(leaked(version).kind).toBe('person');
    expect(imageNeed({ refs: ['acme/logs:1'], labels: version, ...old })?.until).toBe(Infinity);
    expect(imageNeed({ refs: ['acme/logs:1'], ...old })).toBeNull();
    expect(told(volumeNeed(volume('v', { labels })))).toBe('extensions acme_logs');
    expect(told(networkNeed(network('n', { labels })))).toBe('extensions acme_logs');
  });
});

describe('Model Runner', () => {
  it('keeps its runner and the models', () => {
    const labels = { 'com.docker.desktop.service': 'model-runner' };
    expect(told(made({ labels }))).toBe('Model Runner');
    expect(told(made({ name: 'docker-model-runner' }))).toBe('Model Runner');
    expect(made({ labels: { 'com.docker.desktop.service': 'other' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    expect(containerNeed(container(1, 1, { labels }))?.until).toBe(Infinity);
    expect(imageNeed({ refs: ['docker/model-runner:latest'], ...old })?.until).toBe(Infinity);
    expect(imageNeed({ refs: ['ada/model-runner:latest'], ...old })).toBeNull();
    expect(told(volumeNeed(volume('docker-model-runner-models')))).toBe('Model Runner');
    expect(volumeNeed(volume('models'))).toBeNull();
  });
});

describe('MCP', () => {
  it('keeps servers` images while a gateway is there, and always where it is hidden', () => {
    const labels = { 'docker-mcp': 'true', 'docker-mcp-name': 'github' };
    expect(told(made({ labels }))).toBe('MCP github');
    expect(told(made({ reference: 'docker/mcp-gateway:latest' }))).toBe('MCP');
    expect(made({ labels: { 'docker-mcp': 'false' } }).kind).toBe('person');
    expect(leaked(labels).kind).toBe('person');
    const server = { refs: ['mcp/github:latest'], ...old };
    expect(imageNeed(server)).toBeNull();
    const containers = [container(2, 2, { reference: 'docker/mcp-gateway:latest' })];
    expect(imageNeed(server, { containers })?.until).toBe(Infinity);
    expect(imageNeed(server, { product: 'docker-desktop' })?.until).toBe(Infinity);
    const other = { refs: ['ada/mcp:latest'], ...old };
    expect(imageNeed(other, { product: 'docker-desktop' })).toBeNull();
    expect(told(volumeNeed(volume('docker-mcp-npm-cache-1')))).toBe('MCP');
    expect(volumeNeed(volume('docker-mcp'))).toBeNull();
  });
});
