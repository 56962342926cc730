#!/bin/sh
# The paper's tables on works that the program draws (docs/paper-tables.md), whole: twenty hands of 10 + 10 works, thirty
# objects. Usage: benches/evaluation/paper.sh DIR [OPTIONS of lab paper]. It goes on where it was left.
set -e
palimpsest=${PALIMPSEST:-target/release/palimpsest}
dir=$1
shift
status=0
"$palimpsest" lab paper "$dir" --built-in "$@" || status=$?
for form in text csv latex json; do
    "$palimpsest" lab gather "$dir" --form "$form" > "$dir/tables.$form" || status=$?
done
# What has no result is named in the tables; it is no success.
exit "$status"
