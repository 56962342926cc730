#!/bin/sh
# Strips the program that `cargo build --release` made, and leaves what was taken out beside it: function
# names and line numbers, in palimpsest.debug. The report of a fault has both as long as the two files lie in
# one folder, or the .debug under /usr/lib/debug. For Linux; needs binutils.
set -eu
program=${1:-target/release/palimpsest}
if readelf --sections "$program" | grep -q gnu_debuglink; then
    echo "$program is stripped already" >&2
    exit 1
fi
objcopy --only-keep-debug --compress-debug-sections "$program" "$program.debug"
chmod 644 "$program.debug"
objcopy --strip-all --add-gnu-debuglink="$program.debug" "$program"
ls -l "$program" "$program.debug"
