# Runs a command as a container would: as an account with no rights, under a root that takes nothing, and with no
# umask to lean on. Nothing of it is left when the command ends: the mounts are in a namespace of its own.
#
# usage: unshare --mount sh room.sh ROOM UID READ-ONLY... : WRITABLE... : COMMAND...
set -eu
umask 022
room=$1 account=$2
shift 2
mount -t tmpfs -o mode=755 room "$room"
mkdir -m 1777 "$room/tmp"
show() {
    [ -e "$1" ] || return 0
    mkdir -p "$room$1"
    mount --rbind "$1" "$room$1"
}
while [ "$1" != : ]; do
    show "$1"
    case $1 in /proc | /dev) ;; *) mount -o remount,bind,ro "$room$1" ;; esac
    shift
done
shift
while [ "$1" != : ]; do
    show "$1"
    shift
done
shift
mount -o remount,ro "$room"
umask 000
exec chroot "$room" setpriv --reuid "$account" --regid "$account" --clear-groups --bounding-set=-all \
    --inh-caps=-all --no-new-privs "$@"
