import { z } from 'zod';

/** What `/info` tells of registries. */
export const registryConfig = z
  .looseObject({
    InsecureRegistryCIDRs: z.array(z.string()).nullish(),
    IndexConfigs: z
      .record(z.string(), z.looseObject({ Secure: z.boolean().nullish() }).nullish())
      .nullish(),
  })
  .nullish();

/** Registries that the engine takes without TLS, or with a certificate that proves nothing. */
export function insecureRegistries(config: z.output<typeof registryConfig>): string[] {
  const named = Object.entries(config?.IndexConfigs ?? {});
  return [
    ...(config?.InsecureRegistryCIDRs ?? []),
    ...named.flatMap(([name, index]) => (index?.Secure === false ? [name] : [])),
  ];
}
