#!/usr/bin/env bash
# What the program says where the system lacks a library or a graphics driver, in a virtual display.
#
#     tests/end_to_end/start.sh PALIMPSEST
#
# A library is made to be missing by an empty file of its name, found first. Ends with 0 if each time the
# program ended with 1 and a last line that names the package and what works without a window. Needs xvfb.
set -euo pipefail
[ $# = 1 ] || { sed -n '2,/^set/s/^# \{0,1\}//p' "$0" | head -n -1 >&2; exit 2; }
program=$(realpath "$1")
# shellcheck source=common.sh
. "$(dirname "$0")/common.sh"
needs Xvfb xvfb
open_display 1280x800

# refuses PACKAGE VARIABLE=VALUE …: the program, with these variables, asks for the package.
refuses() {
    local package=$1 status=0 last
    shift
    env "$@" timeout 60 "$program" >"$work/out" 2>&1 </dev/null || status=$?
    last=$(tail -n 1 "$work/out")
    [ "$status" = 1 ] || fail "$package missing: ended with $status: $last"
    case $last in
        "palimpsest: "*"apt install $package"*"palimpsest demo"*) echo "$last" ;;
        *) cat "$work/out" >&2; fail "$package missing: the last line does not say so" ;;
    esac
    [ ! -e "$HOME/.local/state" ] || fail "$package missing: was reported as a fault of the program"
}

# without LIBRARY …: a folder in which these libraries are empty files.
without() {
    local folder=$work/without-$1 library
    mkdir -p "$folder"
    for library in "$@"; do : >"$folder/$library"; done
    echo "$folder"
}

refuses libxkbcommon-x11-0 LD_LIBRARY_PATH="$(without libxkbcommon-x11.so.0 libxkbcommon-x11.so)"
# The toolkit does not say which of these it could not load.
xlib="libx11-6 libx11-xcb1 libxcursor1 libxi6"
refuses "$xlib" LD_LIBRARY_PATH="$(without libXcursor.so.1 libXcursor.so)"
refuses "$xlib" LD_LIBRARY_PATH="$(without libXi.so.6 libXi.so)"
refuses "$xlib" LD_LIBRARY_PATH="$(without libX11-xcb.so.1 libX11-xcb.so)"
# Neither Vulkan (no driver) nor OpenGL (no EGL, no GLX).
refuses mesa-vulkan-drivers VK_ICD_FILENAMES=/nowhere VK_DRIVER_FILES=/nowhere \
    LD_LIBRARY_PATH="$(without libEGL.so.1 libEGL.so libGL.so.1 libGL.so libGLX.so.0)"
echo "five refusals, each with its package"
