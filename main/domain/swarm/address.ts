/** Four bytes, as Go reads them: no zeros in front. */
const ipv4 = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$/;

/**
 * Whether an address is another or in a range of them, as swarmkit compares `node.ip`
 * (manager/constraint/constraint.go); null: not known, as of all that is not IPv4.
 *
 * @param wanted an address, or a range such as `10.0.0.0/24`
 */
export function isWithin(address: string, wanted: string): boolean | null {
  const [range = '', length = '32', ...more] = wanted.split('/');
  const [is, from] = [numberOf(address), numberOf(range)];
  const isLength = /^\d{1,2}$/.test(length) && Number(length) <= 32;
  if (is === null || from === null || !isLength || more.length > 0) return null;
  const size = 2 ** (32 - Number(length));
  return Math.floor(is / size) === Math.floor(from / size);
}

function numberOf(address: string): number | null {
  const bytes = ipv4.test(address) ? address.split('.').map(Number) : [];
  if (bytes.length === 0 || bytes.some((byte) => byte > 255)) return null;
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
