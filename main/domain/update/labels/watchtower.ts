import { day } from '../../policy/units.js';
import type { Duration } from '../../policy/types.js';
import type { LabelReader } from './types.js';
import { goBool } from './values.js';

const prefix = 'com.centurylinklabs.watchtower';
export const watchtowerLabel = {
  enable: `${prefix}.enable`,
  monitorOnly: `${prefix}.monitor-only`,
  noPull: `${prefix}.no-pull`,
  scope: `${prefix}.scope`,
  cooldown: `${prefix}.cooldown-delay`,
} as const;

/**
 * Watchtower's (containrrr/watchtower:pkg/container/container.go; `cooldown-delay` of
 * nicholas-fedor/watchtower). What is no Go boolean counts as not set.
 */
export const watchtowerLabels: LabelReader = (own) => {
  const { enable, monitorOnly, noPull, cooldown } = watchtowerLabel;
  const minAge = spanOf(own[cooldown]);
  return [
    ...(goBool(own[enable]) === false ? [{ label: enable, mode: 'ignore' as const }] : []),
    ...(goBool(own[monitorOnly]) === true ? [{ label: monitorOnly, mode: 'notify' as const }] : []),
    ...(goBool(own[noPull]) === true ? [{ label: noPull, localOnly: true as const }] : []),
    ...(minAge === null || minAge === 0 ? [] : [{ label: cooldown, minAge }]),
  ];
};

const units: Readonly<Record<string, number>> = {
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: day,
  w: 7 * day,
  M: 30 * day,
};

/** `24h`, `3d`, `1w`, `1M`, `1h30m`; 0 is off, null anything else. */
export function spanOf(text: string | undefined): Duration | null {
  const written = text?.trim() ?? '';
  if (written === '0') return 0;
  if (!/^(?:\d{1,6}(?:\.\d{1,3})?[smhdwM])+$/.test(written)) return null;
  const parts = [...written.matchAll(/(\d+(?:\.\d+)?)([smhdwM])/g)];
  return parts.reduce((sum, [, n, unit = '']) => sum + Number(n) * (units[unit] ?? 0), 0);
}
