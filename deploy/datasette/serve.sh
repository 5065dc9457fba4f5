#!/bin/sh
# Datasette on the base that is served, under the name `facts` whatever it is called; goes over to the next one.
#   serve.sh FOLDER_OF_VERSIONS PORT
set -eu
folder=$1
port=$2
here=$(dirname "$0")
work=$(mktemp -d)
child=
trap '[ -z "$child" ] || kill "$child"; rm -rf "$work"; exit 0' INT TERM EXIT

served() { tail -n 1 "$folder/versions.jsonl" 2>/dev/null | sed -n 's/.*"file": "\([^"]*\)".*/\1/p'; }

current=
while true; do
  wanted=$(served)
  if [ -n "$wanted" ] && [ "$wanted" != "$current" ]; then
    [ -z "$child" ] || { kill "$child"; wait "$child" || true; }
    ln -sf "$folder/$wanted" "$work/facts.sqlite"
    datasette serve --immutable "$work/facts.sqlite" --metadata "$here/metadata.yaml" --host 0.0.0.0 --port "$port" \
      --setting sql_time_limit_ms 2000 --setting allow_download off &
    child=$!
    current=$wanted
  fi
  sleep 5
done
