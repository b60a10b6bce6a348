/** Removes a part of what the default does, later. */
export const careful = `# Careen's policy for someone who would rather have too much than too little: the newest five of every
# repository stay for good, and the rest goes late.
# Keep beats remove; what no rule matches is kept.
version: 1
mode: confirm                 # what triggers may do: suggest | confirm | auto

# Never removed. A pattern without a tag means any tag or digest.
protect:
  # - { match: "postgres" }
  - { labels: { careen.keep: "true" } }

keep:
  - { id: recent, match: "**", last: 5 }     # the newest 5 versions of a repository, used or not
  - { id: lately, match: "**", usedWithin: 60d }

remove:
  - { id: untagged, untagged: true, unusedFor: 14d }
  - { id: stale, match: "**", origin: pulled, unusedFor: 90d }
  - { id: stale-builds, match: "**", origin: [built, loaded, unknown], unusedFor: 180d, mode: confirm }

grace: 3d                     # from the arrival or the last tag, whichever is later

rollback: { versions: 1, for: 7d }      # what an update leaves behind for going back

# Off until you switch them on. Volumes only ever go by name.
containers: { enabled: false, exitedFor: 30d }
networks:   { enabled: false, unusedFor: 30d }
buildCache: { enabled: false, unusedFor: 14d, keep: 10GB }

triggers:
  schedule: "0 12 * * *"      # a cron expression, in local time
  afterUpdate: true
  pressure: { high: 90%, low: 80%, cooldown: 6h }     # of the engine's disk
  hostNotice: 90%

limits: { pause: 250ms, maxItems: 25, maxBytes: 10GB }     # above these an automatic run becomes a question

update:
  check: { every: 6h }
  default: { mode: notify, tags: same }
`;
