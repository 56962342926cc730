# What the scripts beside this one share: a display of their own, a home of their own, and a clean end.
# To be sourced; wants the arguments' checks done.

PYTHON=${PYTHON:-python3}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

# needs COMMAND PACKAGE …
needs() {
    while [ $# -gt 0 ]; do
        command -v "$1" >/dev/null || fail "$1 is missing: apt install $2"
        shift 2
    done
}

# Starts a virtual display of a size and sets DISPLAY; without access over the network.
open_display() {
    Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp 3>"$work/display" 2>"$work/xvfb.log" &
    ours+=($!)
    for _ in $(seq 100); do
        [ -s "$work/display" ] && break
        sleep 0.1
    done
    [ -s "$work/display" ] || fail "Xvfb does not start: $(cat "$work/xvfb.log")"
    DISPLAY=:$(cat "$work/display")
    export DISPLAY
}

# Ends what was started, the last first: the program before its display.
end_ours() {
    local at
    for ((at = ${#ours[@]} - 1; at >= 0; at--)); do
        kill "${ours[at]}" 2>/dev/null && wait "${ours[at]}" 2>/dev/null || true
    done
    [ -n "${KEEP_WORK:-}" ] || rm -rf "$work"
}

work=$(mktemp -d)
ours=()
trap end_ours EXIT
# Neither the user's settings nor a desktop session are to be seen or changed.
export HOME=$work/home XDG_RUNTIME_DIR=$work/run
mkdir -p "$HOME" "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME XDG_STATE_HOME WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS
