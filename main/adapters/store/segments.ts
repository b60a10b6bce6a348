import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** One file of a log. A snapshot stands for everything before it. */
export interface Segment {
  file: string;
  number: number;
  snapshot: boolean;
}

/** The file of a log's segment: `history-000012.jsonl`, `…-000012.snapshot.jsonl`. */
export function segment(folder: string, log: string, number: number, snapshot: boolean): Segment {
  const kind = snapshot ? '.snapshot' : '';
  const file = join(folder, `${log}-${String(number).padStart(6, '0')}${kind}.jsonl`);
  return { file, number, snapshot };
}

/** The segment that a file's name says; null where it is none of this log's. */
export function segmentNamed(folder: string, log: string, name: string): Segment | null {
  const match = /^(.+)-(\d{6,})(\.snapshot)?\.jsonl$/.exec(name);
  if (match?.[1] !== log) return null;
  return segment(folder, log, Number(match[2]), match[3] !== undefined);
}

/** A log's segments, oldest first, those included that a snapshot has made worthless. */
export async function listSegments(folder: string, log: string): Promise<Segment[]> {
  const named = (await readdir(folder)).map((name) => segmentNamed(folder, log, name));
  return named.filter((s) => s !== null).sort((a, b) => a.number - b.number);
}

/** What of a log still counts: the last snapshot and what follows it, or everything. */
export function living(segments: readonly Segment[]): Segment[] {
  return segments.slice(
    Math.max(
      0,
      segments.findLastIndex((s) => s.snapshot),
    ),
  );
}
