import http from 'node:http';

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
