import { z } from 'zod';
import type { Requests } from './requests.js';
import { clean, cleanRecord } from './text.js';
import { timeOf } from './time.js';
import type { ListedVolume } from './types.js';

const rowSchema = z.looseObject({
  Name: z.string(),
  Driver: z.string().default(''),
  CreatedAt: z.string().nullish(),
  Labels: z.record(z.string(), z.string()).nullish(),
});

const answerSchema = z.looseObject({ Volumes: z.array(rowSchema).nullish() });

/** What the engine gives a volume that was made without a name, since version 23. */
const anonymousLabel = 'com.docker.volume.anonymous';

/** Before that its name alone tells (OWNERS §1.5). */
const generatedName = /^[0-9a-f]{64}$/;

/** Every volume: one request. The engine asks each volume driver for its own. */
export async function allVolumes(requests: Requests): Promise<ListedVolume[]> {
  const { Volumes: rows } = await requests.get(answerSchema, { path: '/volumes' });
  return (rows ?? []).map((row) => ({
    name: clean(row.Name),
    driver: clean(row.Driver),
    created: timeOf(row.CreatedAt),
    labels: cleanRecord(row.Labels),
    anonymous: row.Labels?.[anonymousLabel] !== undefined || generatedName.test(row.Name),
  }));
}

/** Makes a local volume; one of that name that is there already stays as it is. */
export async function createVolume(
  requests: Requests,
  name: string,
  labels: Record<string, string>,
): Promise<void> {
  const body = { Name: name, Labels: labels };
  await requests.text({ method: 'POST', path: '/volumes/create', body });
}
