#!/usr/bin/env bash
# Sets up, builds and runs the main job on the demo subject with the embedded base model: prior images, training,
# pictures and a contact sheet. With --window it opens the studio on that project instead.
# usage: demo.sh [--window] [--out FOLDER]
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

window=false
out="$root/build/demo"
while [ $# -gt 0 ]; do
  case "$1" in
    --window) window=true ;;
    --out) [ $# -ge 2 ] || fail "--out needs a folder"; out=$2; shift ;;
    *) fail "usage: demo.sh [--window] [--out FOLDER]" ;;
  esac
  shift
done

set_up
step "Configuring" configure
step "Building" cmake --build "$build" --target likeness likeness-cli
cli="$build/app/likeness-cli"
project="$out/poodle"
class=$(cat "$root/resources/demo/photos/class.txt")

mkdir -p "$out"
if [ ! -f "$project/project.yaml" ]; then
  "$cli" new "$project" --photos "$root/resources/demo/photos" --class "$class" --token sks
fi
if $window; then
  exec "$build/app/likeness" "$project"
fi

started=$SECONDS
pictures="$out/pictures"
rm -rf "$pictures"
"$cli" priors "$project"
"$cli" train "$project"
"$cli" sheet "$project" --out "$pictures" \
  --prompt "a photo of a [V] $class in the snow" \
  --prompt "a photo of a [V] $class on the moon" \
  --prompt "a photo of a [V] $class on the beach" \
  --prompt "a photo of a [V] $class on a red background"
echo "The main job took $((SECONDS - started)) s. Pictures: $pictures. Contact sheet: $pictures/sheet.png"
