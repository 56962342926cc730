#!/usr/bin/env bash
# Renders palimpsest.svg to palimpsest-N.png, palimpsest.ico (Windows) and palimpsest.icns (macOS).
# Needs rsvg-convert, icotool and png2icns: apt install librsvg2-bin icoutils icnsutils
set -euo pipefail
cd "$(dirname "$0")"

for tool in rsvg-convert icotool png2icns; do
    command -v "$tool" >/dev/null || { echo "missing: $tool (see the first lines of $0)" >&2; exit 1; }
done

# The drawing's squares are 3 pixels wide at 16. At 24 they would be 4.5: the margin is cut there so that
# they become 5 and stay sharp.
render() { # side
    local view='0 0 512 512'
    [ "$1" != 24 ] || view='25.6 25.6 460.8 460.8'
    sed "s/viewBox=\"[^\"]*\"/viewBox=\"$view\"/" palimpsest.svg |
        rsvg-convert --width "$1" --height "$1" --output "palimpsest-$1.png"
}

for side in 16 24 32 48 64 128 256 512; do
    render "$side"
done
# Windows reads the largest picture of an icon as PNG, the smaller ones as bitmaps.
icotool --create --output palimpsest.ico palimpsest-{16,24,32,48,64,128}.png --raw=palimpsest-256.png
# The sizes for which an .icns has a name; 24 and 64 are not among them.
png2icns palimpsest.icns palimpsest-{16,32,48,128,256,512}.png >/dev/null
