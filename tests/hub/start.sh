#!/bin/sh
# In a mount namespace of its own: the machine that docs/hub.md describes, put together from the folders in $MACHINE.
set -e
mount --make-rprivate /
for name in passwd group shadow; do mount --bind "$MACHINE/etc/$name" "/etc/$name"; done
for name in srv opt home; do mount --bind "$MACHINE/$name" "/$name"; done
mount --bind "$REPOSITORY" /opt/unrolled
mount --bind "$MACHINE/environment" /opt/unrolled/.venv
cd /srv/hub
exec "$@"
