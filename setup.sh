#!/bin/sh
# Makes the virtual environment that `make demo` and `make test` run in: sh setup.sh FOLDER
# Uses uv where it is installed, and Python's own venv and pip otherwise.
set -eu
venv=$1

fits() {
    "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 13))' 2>/dev/null
}

# On a bare Linux the wheels lack a system library or two.
loads() {
    "$venv/bin/python" -c 'import cv2, mediapipe' 2>"$venv/loads.log" || {
        echo "Installed, but it does not load: $(tail -n 1 "$venv/loads.log")" >&2
        echo "On Debian or Ubuntu: sudo apt install libgl1 libglib2.0-0. Then run this again." >&2
        exit 1
    }
}

python=
for candidate in ${PYTHON:-} python3.12 python3.11 python3 python; do
    if fits "$candidate"; then
        python=$candidate
        break
    fi
done

if command -v uv >/dev/null 2>&1; then
    # uv takes a Python that is here, or brings its own.
    [ -x "$venv/bin/python" ] && fits "$venv/bin/python" ||
        uv venv --quiet --clear --python "${python:-3.12}" "$venv"
    uv pip install --quiet --python "$venv/bin/python" --editable '.[dev]'
    loads
    exit
fi

if [ -z "$python" ]; then
    echo "formcheck needs Python 3.11 or 3.12. Install one, then run this again." >&2
    exit 1
fi
if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
    echo "This Python lacks venv. Install it (on Debian: apt install python3-venv)." >&2
    exit 1
fi
[ -x "$venv/bin/python" ] && fits "$venv/bin/python" || "$python" -m venv --clear "$venv"
echo "Installing into $venv; the first time takes a minute or two." >&2
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --editable '.[dev]' || {
    echo "The packages did not install. Check the network, then run this again." >&2
    exit 1
}
loads
