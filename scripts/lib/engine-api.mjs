import http from 'node:http';
import { text } from 'node:stream/consumers';

/**
 * Whether a Docker engine answers on a socket.
 * @param {string} socketPath a Unix socket or a Windows named pipe
 * @param {number} timeout in milliseconds
 * @returns {Promise<boolean>} false too for a socket that accepts and says nothing
 */
export function ping(socketPath, timeout) {
  return new Promise((resolve) => {
    const request = http.request({ socketPath, path: '/_ping', timeout }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', () => resolve(false));
    request.end();
  });
}

/**
 * One call to an engine.
 * @param {string} socketPath
 * @param {string} method
 * @param {string} path
 * @param {object | import('node:stream').Readable} [body] JSON, or a tar archive as a stream
 * @returns {Promise<any>} the answer, parsed where it is JSON
 * @throws {Error} with the engine's own sentence, also for a failure inside a stream of progress
 */
export async function call(socketPath, method, path, body) {
  const stream = body && 'pipe' in body ? body : null;
  const type = stream ? 'application/x-tar' : 'application/json';
  /** @type {http.IncomingMessage} */
  const response = await new Promise((resolve, reject) => {
    const headers = body ? { 'content-type': type } : {};
    const request = http.request({ socketPath, method, path, headers }, resolve);
    request.on('error', reject);
    if (!stream) request.end(body ? JSON.stringify(body) : undefined);
    else {
      stream.on('error', (/** @type {Error} */ error) => request.destroy(error));
      stream.pipe(request);
    }
  });
  const answer = await text(response);
  const failed = (response.statusCode ?? 500) >= 400 || /"error(Detail)?":/.test(answer);
  if (failed) throw new Error(`${method} ${path}: ${answer.trim().slice(-300)}`);
  const json = response.headers['content-type']?.startsWith('application/json');
  return json && !stream ? JSON.parse(answer) : answer;
}
