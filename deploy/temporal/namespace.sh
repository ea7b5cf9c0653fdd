#!/bin/sh
# Makes the namespace, or sees to it that an existing one keeps closed runs for ten years.
set -eu

operator() {
  temporal operator "$@" --address "$TEMPORAL_ADDRESS"
}

tries=0
until operator cluster health >/dev/null 2>&1; do
  tries=$((tries + 1))
  [ "$tries" -lt 120 ] || { echo "Temporal at $TEMPORAL_ADDRESS does not serve." >&2; exit 1; }
  sleep 1
done

if operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; then
  operator namespace update --namespace "$TEMPORAL_NAMESPACE" --retention 3650d
else
  operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 3650d
fi
