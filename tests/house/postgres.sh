#!/bin/sh
# Runs one PostgreSQL on a loopback port for as long as standard input stays open, and leaves nothing behind.
# The test process holds the other end: however it ends, the pipe closes and the server stops.
#
#   postgres.sh BIN PORT     BIN is the folder of initdb and pg_ctl; prints `ready` when connections are answered
set -eu
bin=$1
port=$2

home=$(mktemp -d)
# PostgreSQL refuses to run as root, so root lends it to somebody unprivileged.
if [ "$(id -u)" = 0 ]; then
    user=nobody
    if id postgres >/dev/null 2>&1; then user=postgres; fi
    chown "$user" "$home"
    as() { (cd "$home" && setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups -- "$@"); }
else
    as() { (cd "$home" && "$@"); }
fi

stop() {
    as "$bin/pg_ctl" -D "$home/data" -m immediate -w stop >/dev/null 2>&1 || true
    rm -rf "$home"
}
trap stop EXIT
# A test process that was killed while we prepared: `echo ready` finds nobody.
trap 'exit 1' PIPE TERM

as "$bin/initdb" -D "$home/data" -U migiude -A trust -E UTF8 --locale=C --no-sync >"$home/initdb.log" 2>&1 || {
    cat "$home/initdb.log" >&2
    exit 1
}
as "$bin/pg_ctl" -D "$home/data" -l "$home/server.log" -t 120 -w start -o "\
    -p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$home \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=200" >/dev/null 2>&1 || {
    cat "$home/server.log" >&2
    exit 1
}
echo ready
cat >/dev/null
