/** For a small disk: the same rules as the default, with less patience. */
export const laptop64gb = `# Careen's policy for a laptop whose engine has a disk of 64 GB: what is not used goes sooner.
# Keep beats remove; what no rule matches is kept.
version: 1
mode: confirm                 # what triggers may do: suggest | confirm | auto

# Never removed. A pattern without a tag means any tag or digest.
protect:
  # - { match: "postgres" }
  - { labels: { careen.keep: "true" } }

keep:
  - { id: recent, match: "**", last: 2, usedWithin: 30d }     # what you may go back to, and what you go back to it from
  - { id: lately, match: "**", usedWithin: 7d }

remove:
  - { id: untagged, untagged: true, unusedFor: 1d }
  - { id: large, match: "**", origin: pulled, largerThan: 3GB, unusedFor: 10d }     # the few that fill such a disk
  - { id: stale, match: "**", origin: pulled, unusedFor: 21d }
  - { id: stale-builds, match: "**", origin: [built, loaded, unknown], unusedFor: 45d, mode: confirm }

grace: 12h
rollback: { versions: 1, for: 3d }

containers: { enabled: true, exitedFor: 14d }     # their volumes stay
networks:   { enabled: true, unusedFor: 14d }
buildCache: { enabled: true, unusedFor: 3d, keep: 3GB }

triggers:
  schedule: "0 12 * * *"
  afterUpdate: true
  pressure: { high: 80%, low: 65%, cooldown: 6h }     # about 13 GB left, then about 22 GB
  images: { max: 25GB, to: 18GB }

limits: { maxItems: 50, maxBytes: 15GB, pause: 250ms }

update:
  default: { mode: notify, tags: same, askAbove: 1GB, copyUpTo: 500MB }
`;
