#!/bin/sh
# The driver of this server for a bench that starts servers by scripts: 'version' prints a line, 'start' becomes the server,
# in the foreground. Given in the environment: CONFIG (a configuration file), DATA (a folder), PORT, RETENTION.
# What is acknowledged is visible at once, so there is nothing to flush.
home=$(cd "$(dirname "$0")/../.." && pwd)
case "$1" in
version) "$home/distribution/target/narthex/bin/narthex" --version | head -n 2 | tail -n 1 ;;
start) exec "$home/distribution/target/narthex/bin/narthex" --config.file="$CONFIG" --storage.tsdb.path="$DATA" \
    --storage.tsdb.retention.time="$RETENTION" --web.listen-address="127.0.0.1:$PORT" \
    --web.enable-remote-write-receiver --web.enable-admin-api --web.enable-lifecycle ;;
esac
