#!/bin/sh
# Makes Temporal's two databases, or brings them up to the server's schema. Does nothing where they are up to date.
set -eu

tool() {
  temporal-sql-tool --plugin postgres12 --ep "$POSTGRES_HOST" -p "$POSTGRES_PORT" -u "$POSTGRES_USER" --pw "$POSTGRES_PASSWORD" "$@"
}

for schema in temporal:temporal temporal_visibility:visibility; do
  database=${schema%:*}
  tool --db "$database" create
  tool --db "$database" setup-schema -v 0.0
  tool --db "$database" update-schema --schema-name "postgresql/v12/${schema#*:}"
done
