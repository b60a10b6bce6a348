/** Removes what the default does, and more. */
export const tight = `# Careen's policy for a disk that is always short: the newest of every repository stays while it is in
# use, as does what was used within a week.
# Keep beats remove; what no rule matches is kept.
version: 1
mode: confirm                 # what triggers may do: suggest | confirm | auto

# Never removed. A pattern without a tag means any tag or digest.
protect:
  # - { match: "postgres" }
  - { labels: { careen.keep: "true" } }

keep:
  - { id: recent, match: "**", last: 1, usedWithin: 30d }     # the newest version of a repository, while in use
  - { id: lately, match: "**", usedWithin: 7d }

remove:
  - { id: untagged, untagged: true, unusedFor: 1d }
  - { id: stale, match: "**", origin: pulled, unusedFor: 14d }
  - { id: stale-builds, match: "**", origin: [built, loaded, unknown], unusedFor: 30d, mode: confirm }

grace: 24h                    # from the arrival or the last tag, whichever is later

rollback: { versions: 1, for: 7d }      # what an update leaves behind for going back

# Off until you switch them on. Volumes only ever go by name.
containers: { enabled: false, exitedFor: 7d }
networks:   { enabled: false, unusedFor: 7d }
buildCache: { enabled: false, unusedFor: 3d, keep: 3GB }

triggers:
  schedule: "0 12 * * *"      # a cron expression, in local time
  afterUpdate: true
  pressure: { high: 80%, low: 65%, cooldown: 6h }     # of the engine's disk
  images: { max: 25GB, to: 18GB }                     # a budget for images alone
  hostNotice: 90%

limits: { pause: 250ms, maxItems: 100, maxBytes: 40GB }     # above these an automatic run becomes a question

update:
  check: { every: 6h }
  default: { mode: notify, tags: same }
`;
