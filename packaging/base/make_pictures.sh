#!/usr/bin/env bash
# Makes the embedded base's pictures in build/base/pictures: fetches two npm packages (MIT) through npm and renders.
#
# usage: make_pictures.sh [COUNT, else 28000] [option of make_pictures.py, for example --core, --side 256]
#
# Needs npm, and a Python with Pillow and numpy: PYTHON, else build/reference's (packaging/linux/reference.sh), else
# python3. The packages are fetched once, into build/base/packages; LIKENESS_BASE names another folder than build/base.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
base="${LIKENESS_BASE:-$root/build/base}"
count="${1:-28000}"
[ $# -eq 0 ] || shift

fail() {
  echo "make_pictures: $*" >&2
  exit 1
}

python="${PYTHON:-$root/build/reference/bin/python}"
[ -x "$python" ] || python=python3
"$python" -c 'import PIL, numpy' 2>/dev/null || fail "$python has no Pillow and numpy; name another in PYTHON"

# fetch NAME VERSION FOLDER
fetch() {
  local target="$base/packages/$3" temporary
  [ -d "$target" ] && return
  command -v npm >/dev/null || fail "npm is missing, which fetches the emoji; install it"
  temporary=$(mktemp -d "$base/packages/fetching.XXXXXX")
  (cd "$temporary" && npm pack --silent "$1@$2" >/dev/null && tar xzf ./*.tgz) || fail "npm could not fetch $1 $2"
  mv "$temporary/package" "$target"
  rm -rf "$temporary"
}

mkdir -p "$base/packages"
fetch @lobehub/fluent-emoji-3d 1.1.0 emoji
fetch unicode-emoji-json 0.9.0 names
exec "$python" "$here/make_pictures.py" --emoji "$base/packages/emoji/assets" \
  --names "$base/packages/names/data-by-emoji.json" --out "$base/pictures" --count "$count" "$@"
