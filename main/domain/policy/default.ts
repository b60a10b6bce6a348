/** The policy that applies while there is no file, as `policy init` writes it (JUDGING §3). */
export const defaultPolicyText = `# Careen's policy. Keep beats remove; what no rule matches is kept.
version: 1
mode: confirm                 # what triggers may do: suggest | confirm | auto

# Never removed. A pattern without a tag means any tag or digest.
protect:
  # - { match: "postgres" }
  # - { match: "myorg/golden:2.1", until: 2027-01-31, note: "audit" }
  - { labels: { careen.keep: "true" } }

# A union; inside one rule all conditions must hold.
keep:
  - { id: recent, match: "**", last: 3, usedWithin: 90d }     # the newest 3 versions of a repository, while in use
  - { id: lately, match: "**", usedWithin: 30d }
  # - { id: projects, project: present }                      # whatever a Compose or dev-container project still on disk used

remove:
  - { id: untagged, untagged: true, unusedFor: 3d }
  - { id: stale, match: "**", origin: pulled, unusedFor: 60d }
  - { id: stale-builds, match: "**", origin: [built, loaded, unknown], unusedFor: 60d, mode: confirm }

grace: 24h                    # from the arrival or the last tag, whichever is later

rollback: { versions: 1, for: 7d }      # what an update leaves behind for going back

# Off until you switch them on. Volumes only ever go by name.
containers: { enabled: false, exitedFor: 14d }
networks:   { enabled: false, unusedFor: 14d }
buildCache: { enabled: false, unusedFor: 7d, keep: 5GB }

triggers:
  schedule: "0 12 * * *"      # a cron expression, in local time
  afterUpdate: true           # judges the updated repository once the update is proven
  pressure: { high: 85%, low: 75%, cooldown: 6h }     # of the engine's disk; or { free: 10GB, to: 20GB }
  images: { max: 40GB, to: 30GB }                     # a budget for images alone
  hostNotice: 90%             # of this computer's own disk: it is told, and nothing is removed

limits:
  pause: 250ms                # between two removals
  maxItems: 50                # above these an automatic run becomes a question
  maxBytes: 20GB

update:
  check: { every: 6h }        # how often registries are asked
  # mode: auto takes an update | notify offers it | tell shows the owner's command | ignore does not look
  # tags: same | patch | minor | major, or { include: "^\\\\d+-lts$" }
  default: { mode: notify, tags: same, minAge: 0h, settle: 30s, proveWithin: 5m, stuckAfter: 1m, hooks: false, askAbove: 2GB, copyUpTo: 1GB }
  # containers:               # by name (match), or by what they were made from (image)
  #   - { match: "web-*", mode: auto, tags: minor, probe: { http: "http://127.0.0.1:8080/health", status: 200 } }
`;
