#!/usr/bin/env bash
# Measures the memory that the window takes while a long queue is worked on and watched: works of the
# built-in laboratory times three masks, with the built-in models, in a virtual display with a software
# driver. Prints a line every so many seconds: time, results, resident set in MiB, frames drawn.
#
#     tests/end_to_end/memory.sh PALIMPSEST WORKS STEPS SECONDS [KEY]
#
# Ends when every result is there or SECONDS are over. With KEY (ctrl+1 to ctrl+5) another screen than
# Recover is shown meanwhile. Needs what apt calls xvfb, xdotool, mesa-vulkan-drivers. EVERY is the time
# between two lines (10).
set -euo pipefail
[ $# -ge 4 ] || { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2; }
program=$(realpath "$1")
works=$2 steps=$3 seconds=$4 key=${5:-}

# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"
needs Xvfb xvfb xdotool xdotool
driver=$(find /usr/share/vulkan/icd.d -name 'lvp_icd*.json' 2>/dev/null | head -n 1)
[ -n "$driver" ] || fail "there is no software driver: apt install mesa-vulkan-drivers"
export VK_ICD_FILENAMES=$driver VK_DRIVER_FILES=$driver
export PALIMPSEST_TRACE_FRAMES=$work/frames.tsv

"$program" lab draw --out "$work/works" --family landscape --artist 7 --works "0..$((works - 1))" \
    --side 128 >/dev/null
mkdir -p "$HOME/.config/palimpsest"
cat >"$HOME/.config/palimpsest/settings.json" <<JSON
{"cases": "$work/cases", "set_up": {"pretrained": "demo", "finetuned": "demo-finetuned",
 "masks": ["block:4", "half", "block:8"], "overrides": {"steps": $steps}}}
JSON

open_display 1920x1080
"$program" "$work"/works/*.png >"$work/log" 2>&1 &
pid=$!
ours+=("$pid")
window=''
for _ in $(seq 100); do
    window=$(xdotool search --name '^Palimpsest$' 2>/dev/null | tail -n 1 || true)
    [ -n "$window" ] && break
    sleep 0.2
done
[ -n "$window" ] || fail "no window: $(tail -n 3 "$work/log")"
# Until the models have been looked at there is nothing to start.
sleep 8
xdotool windowfocus --sync "$window"
xdotool mousemove 1919 1079
xdotool key ctrl+Return
sleep 1
[ -z "$key" ] || xdotool key "$key"

line() {
    printf '%s s\t%s results\t%s MiB\t%s frames\n' "$((SECONDS - began))" "$found" \
        "$(awk '/^VmRSS/ { printf "%.0f", $2 / 1024 }' "/proc/$pid/status")" \
        "$(($(wc -l <"$work/frames.tsv") - 1))"
}
began=$SECONDS found=0
while kill -0 "$pid" 2>/dev/null && [ $((SECONDS - began)) -lt "$seconds" ]; do
    found=$(find "$work/cases" -name findings.json 2>/dev/null | wc -l)
    line
    [ "$found" -ge $((3 * works)) ] && break
    sleep "${EVERY:-10}"
done
kill -0 "$pid" 2>/dev/null || fail "the program ended: $(tail -n 3 "$work/log")"
# At rest.
sleep 5
line
