#!/usr/bin/env bash
# Uses the program's window as a person does, in a virtual display with a software graphics driver: a file
# is dropped, the demonstration runs, the screens are looked at in both themes and three sizes. Saves
# screenshots, and prints what was measured: the time to the first frame, the CPU time of a frame while a
# run uses every core, the window's share of a run's CPU time, the CPU time when nothing goes on.
#
#     tests/end_to_end/window.sh PALIMPSEST FOLDER       the program, and where the screenshots go
#
# Ends with 0 if every step happened. Needs what apt calls xvfb, xdotool, imagemagick, x11-utils,
# mesa-vulkan-drivers, libxcursor1, libxi6, libxkbcommon-x11-0, and python3-xlib (or pip's python-xlib, with
# PYTHON naming the interpreter that has it). PATIENCE is how many seconds the demonstration may take (900).
set -euo pipefail
[ $# = 2 ] || { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2; }
program=$(realpath "$1")
mkdir -p "$2"
pictures=$(realpath "$2")
patience=${PATIENCE:-900}

# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"
needs Xvfb xvfb xdotool xdotool import imagemagick identify imagemagick python3 python3
"$PYTHON" -c 'import Xlib' 2>/dev/null || fail "python-xlib is missing: apt install python3-xlib"
driver=$(find /usr/share/vulkan/icd.d -name 'lvp_icd*.json' 2>/dev/null | head -n 1)
[ -n "$driver" ] || fail "there is no software driver: apt install mesa-vulkan-drivers"
export VK_ICD_FILENAMES=$driver VK_DRIVER_FILES=$driver
trace=$work/frames.tsv

settings=$HOME/.config/palimpsest/settings.json
cases=$HOME/Palimpsest

# setting KEY: its value in the settings, as JSON.
setting() {
    "$PYTHON" -c 'import json, sys; print(json.dumps(json.load(open(sys.argv[1]))[sys.argv[2]]))' \
        "$settings" "$1" 2>/dev/null || true
}

# until SECONDS WHAT COMMAND …: waits until the command succeeds.
until_() {
    local end=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        kill -0 "$pid" 2>/dev/null || fail "the program ended before $what: $(tail -n 3 "$work/log")"
        [ "$SECONDS" -lt "$end" ] || { shot "failed"; fail "waited in vain: $what"; }
        sleep 0.2
    done
}

shot() { import -window "$window" "$pictures/$1.png"; }

# How many colours the middle of the window shows.
colours() {
    local size=${1:-240}
    import -window "$window" -crop "${size}x$size+$((width / 2 - size / 2))+$((height / 2 - size / 2))" \
        +repage "$work/middle.png"
    identify -format '%k' "$work/middle.png"
}
shows_a_picture() { [ "$(colours)" -gt 2000 ]; }
shows_no_picture() { [ "$(colours)" -lt 2000 ]; }
has_case() { [ -n "$(find "$cases" -name original.png 2>/dev/null)" ]; }
any_found() { [ "$(findings)" -gt 0 ]; }
most_found() { [ "$(findings)" -ge 20 ]; }
all_found() { [ "$(findings)" = 21 ]; }
# A run has a record of its own for as long as it is not finished.
run_is_over() { [ -z "$(ls "$HOME/.local/share/palimpsest/runs" 2>/dev/null)" ]; }
has_setting() { [ "$(setting "$1")" = "$2" ]; }

key() { xdotool key --delay 60 "$@"; }
# Waits until three pictures in a row are the same; while a run goes on they never are, and that it takes
# its time is enough.
settled() {
    local before='' now same=0
    for _ in $(seq 12); do
        now=$(seen)
        if [ "$now" = "$before" ]; then same=$((same + 1)); else same=0; fi
        [ "$same" = 2 ] && return
        before=$now
        sleep 0.4
    done
}
seen() { import -window "$window" -depth 8 rgb:- | cksum; }
is_changed() { [ "$(seen)" != "$before" ]; }

# The colour of the menu bar's corner, which whatever lies over the window darkens.
corner() { import -window "$window" -crop 1x1+2+2 txt:- | tail -n 1; }
is_covered() { [ "$(corner)" != "$bare" ]; }
# Whether what was over the window has gone, and the fading with it; the theme may be another one.
is_bare() {
    local now
    now=$(corner)
    [ "$now" != "$covered" ] && sleep 0.4 && [ "$(corner)" = "$now" ]
}
# cover KEY: opens something over the window.
cover() {
    bare=$(corner)
    key "$1"
    until_ 20 "what $1 opens" is_covered
    settled
    covered=$(corner)
}
uncover() {
    key "$1"
    until_ 20 "the end of what lies over the window" is_bare
    settled
}
# Carries out a command by its name in the palette.
command_() {
    cover ctrl+k
    xdotool type --delay 40 "$1"
    uncover Return
}
# change KEY: presses a key that changes what is shown.
change() {
    before=$(seen)
    key "$1"
    until_ 20 "what $1 shows" is_changed
    settled
}
# look THEME WIDTHxHEIGHT PERCENT
look() {
    width=${2%x*} height=${2#*x}
    xdotool windowsize --sync "$window" "$width" "$height"
    settled
    command_ "$1 theme"
    until_ 20 "the $1 theme" has_setting theme "\"$1\""
    local percent
    for percent in $(seq 100 10 "$3"); do
        if [ "$percent" = 100 ]; then key ctrl+0; else key ctrl+plus; fi
        until_ 20 "a scale of $percent %" has_scale "$percent"
        settled
    done
}
has_scale() { [ "$(setting scale | awk '{ printf "%.0f", 100 * $1 }')" = "$1" ]; }

# in_every_look COMMAND NAME: calls it with names of pictures that tell the look.
in_every_look() {
    local theme size
    for theme in light dark; do
        for size in 1280x800:100 1920x1080:100 1920x1080:150; do
            look "$theme" "${size%:*}" "${size#*:}"
            "$1" "$2-$theme-${size%:*}-${size#*:}%"
        done
    done
}

ticks() { awk '{ print $14 + $15 }' "/proc/$pid/stat"; }
# Prints the share of a core that the program uses in ten seconds, and fails above a hundredth.
quiet() {
    local before after share
    # What has just been asked for is done first, which takes longer where others use the cores.
    for _ in $(seq 20); do
        before=$(ticks)
        sleep 1
        [ "$(ticks)" = "$before" ] && break
    done
    before=$(ticks)
    sleep 10
    after=$(ticks)
    share=$(awk -v t=$((after - before)) -v hz="$(getconf CLK_TCK)" 'BEGIN { printf "%.2f", 10 * t / hz }')
    echo "CPU time in 10 s of rest, $1: $share %"
    awk -v s="$share" 'BEGIN { exit !(s < 1) }' || fail "the window does not rest: $1"
}

# --- the program starts ---
open_display 1920x1080
width=1280 height=800
began=$(date +%s.%N)
PALIMPSEST_TRACE_FRAMES=$trace "$program" >"$work/log" 2>&1 &
pid=$!
ours+=("$pid")
frame=$("$PYTHON" "$here/first_frame.py" Palimpsest "$began") || fail "no window: $(tail -n 3 "$work/log")"
read -r window seconds <<<"$frame"
echo "first frame: $seconds s"
xdotool windowfocus --sync "$window"
# Out of the way: what lies under the pointer looks different.
xdotool mousemove 1919 1079
quiet "empty desk"
in_every_look shot empty

# --- a file is dropped ---
"$program" lab draw --out "$work/works" --family landscape --artist 7 --works 0..0 --side 512 >/dev/null 2>&1
artwork=$(find "$work/works" -name '*.png' | head -n 1)
look dark 1280x800 100
shows_no_picture || fail "the empty desk shows a picture"
"$PYTHON" "$here/xdnd.py" "$window" "$artwork"
# Nothing is pressed or moved meanwhile: the picture must come by itself.
until_ 30 "the dropped picture" shows_a_picture
echo "dropped: $(basename "$artwork")"
in_every_look shot prepare
key ctrl+z
until_ 10 "undo of the drop" shows_no_picture

# --- the demonstration runs ---
look dark 1280x800 100
findings() { find "$cases" -name findings.json 2>/dev/null | wc -l; }
began=$SECONDS
key ctrl+d
until_ 60 "the run" has_case
until_ 60 "the live picture" shows_a_picture
shot recover-running
# The first artwork undisturbed: what the frames of a run cost.
until_ "$patience" "the first finding" any_found
cp "$trace" "$work/run.tsv"
cover ctrl+q
shot confirm-quit
uncover Escape
# Held while it is looked at from all sides.
key ctrl+p
settled
in_every_look shot recover
! run_is_over || fail "the run was over before its pictures were taken"
change ctrl+p
# From the second artwork to the last but one, which nobody looks at from the sides: what the window takes.
"$PYTHON" "$here/threads.py" note "$pid" "$work/before.json"
until_ "$patience" "all findings but one" most_found
"$PYTHON" "$here/threads.py" note "$pid" "$work/after.json"
until_ "$patience" "all findings" all_found
until_ 30 "the end of the run" run_is_over
echo "demonstration: $((SECONDS - began)) s, $(findings) findings"

# --- its results ---
finished() {
    change ctrl+3
    shot "${1/SCREEN/compare-three-up}"
    local mode
    for mode in 2:wipe 3:onion 5:difference; do
        change "${mode%:*}"
        shot "${1/SCREEN/compare-${mode#*:}}"
    done
    change 1
    change ctrl+4
    command_ "Results as a table"
    shot "${1/SCREEN/results-table}"
    command_ "Results as a matrix"
    shot "${1/SCREEN/results-matrix}"
    change ctrl+5
    shot "${1/SCREEN/case}"
    cover ctrl+k
    xdotool type --delay 40 "Export exhibit"
    key Return
    settled
    shot "${1/SCREEN/exhibit}"
    uncover Escape
    change ctrl+1
    shot "${1/SCREEN/prepare-finished}"
    cover ctrl+k
    shot "${1/SCREEN/palette}"
    uncover Escape
    cover F1
    shot "${1/SCREEN/shortcuts}"
    uncover Escape
}
key ctrl+1
in_every_look finished SCREEN
change ctrl+3
quiet "a finished comparison"

# --- it ends ---
key ctrl+q
for _ in $(seq 100); do
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.1
done
kill -0 "$pid" 2>/dev/null && fail "the window does not close"
wait "$pid" || fail "the program ended with $?: $(tail -n 3 "$work/log")"
if grep -q 'fault in the program' "$work/log"; then fail "$(grep -m 1 'fault in the program' "$work/log")"; fi

"$PYTHON" "$here/frames.py" "$work/run.tsv"
"$PYTHON" "$here/threads.py" share "$work/before.json" "$work/after.json"
echo "$(find "$pictures" -name '*.png' | wc -l) pictures are in $pictures"
