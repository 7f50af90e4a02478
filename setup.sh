#!/bin/sh
# Makes the virtual environment that `make demo` and `make test` run in:
#
#     [PYTHON=python3.13] [RESOLUTION=lowest] sh setup.sh FOLDER [EXTRA]
#
# Installs with uv, which checks the hashes in constraints.txt and brings a Python where there is
# none that fits. Where there is no uv, the Python that is here puts one into .uv.
set -eu
venv=$1
extra=${2:-}
resolution=${RESOLUTION:-tested}

say() { echo "$*" >&2; }
give_up() {
    say "$*"
    exit 1
}

# The versions of mediapipe that run on these two have no wheels for newer Pythons.
case "$(uname -s) $(uname -m) $resolution" in
"Darwin x86_64 "* | "Linux aarch64 "* | *" intel-mac" | *" arm-linux") newest=12 ;;
*) newest=15 ;;
esac

fits() {
    "$1" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $newest))" 2>/dev/null
}

a_python_that_fits() {
    for candidate in ${PYTHON:-} python3 python python3.13 python3.12 python3.14 python3.15 python3.11; do
        if fits "$candidate"; then
            "$candidate" -c 'import sys; print(sys.executable)'
            return
        fi
    done
}

# Sets uv; a Python that is too old for formcheck will do for this.
find_uv() {
    uv=$(command -v uv || true)
    [ -z "$uv" ] && [ -x .uv/bin/uv ] && uv=$PWD/.uv/bin/uv
    [ -z "$uv" ] || return 0
    for candidate in ${PYTHON:-} python3 python python3.13 python3.12 python3.14 python3.15 python3.11; do
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null || continue
        say "Fetching uv, which installs the packages, into .uv."
        rm -rf .uv
        # A venv of its own; on a Debian without python3-venv, a plain folder.
        if "$candidate" -m venv .uv 2>/dev/null &&
            .uv/bin/python -m pip install --quiet --disable-pip-version-check uv 2>.uv/log ||
            "$candidate" -m pip install --quiet --disable-pip-version-check --target .uv uv 2>/dev/null; then
            uv=$PWD/.uv/bin/uv
            return
        fi
        rm -rf .uv
        give_up "uv, which installs the packages, could not be fetched. Check the network, and that" \
            "this Python has venv or pip (on Debian: apt install python3-venv); then run this again."
    done
    give_up "formcheck needs Python 3.11 to 3.$newest, and here is none. Install one, then run this again."
}

make_venv() {
    if [ -x "$venv/bin/python" ] && fits "$venv/bin/python"; then
        return
    fi
    [ -z "${PYTHON:-}" ] || fits "$PYTHON" ||
        say "PYTHON=$PYTHON is no Python 3.11 to 3.$newest that runs here; another one is taken."
    python=$(a_python_that_fits)
    [ -n "$python" ] || say "No Python 3.11 to 3.$newest is here; fetching one."
    "$uv" venv --quiet --clear --python "${python:-3.$((newest < 13 ? newest : 13))}" "$venv" ||
        give_up "formcheck needs Python 3.11 to 3.$newest, and none could be fetched. Install one, then run this again."
}

install() {
    "$uv" pip install --quiet --python "$venv/bin/python" "$@" ||
        give_up "The packages did not install. Check the network, then run this again."
}

install_formcheck() {
    package=".${extra:+[$extra]}"
    case $resolution in
    tested)
        # What builds formcheck is installed first: fetched by itself it would be any version.
        install --constraint constraints.txt hatchling editables
        install --constraint constraints.txt --no-build-isolation --editable "$package"
        ;;
    lowest)
        # Of what pyproject.toml names; what those need in turn they often bound wrongly. What is too
        # old for this Python to have been built for it is passed over.
        install --resolution lowest-direct --only-binary :all: --no-binary formcheck \
            --editable "$package"
        ;;
    highest)
        install --resolution highest --editable "$package"
        ;;
    intel-mac | arm-linux)
        case $resolution in
        intel-mac) platform=x86_64-apple-darwin ;;
        arm-linux) platform=aarch64-unknown-linux-gnu ;;
        esac
        "$uv" pip compile --quiet --no-header --no-annotate --python-platform "$platform" \
            --python "$venv/bin/python" --constraint constraints.txt \
            ${extra:+--extra "$extra"} pyproject.toml --output-file "$venv/$resolution.txt"
        install --requirement "$venv/$resolution.txt" hatchling editables
        install --no-build-isolation --no-deps --editable .
        ;;
    *) give_up "RESOLUTION is tested, lowest, highest, intel-mac or arm-linux, not $resolution." ;;
    esac
}

# On a bare Linux the wheels lack a system library or two. All of it is loaded, so that Python keeps
# it compiled: else the first start takes twice as long, and every one where that is switched off.
check_that_it_loads() {
    env -u PYTHONDONTWRITEBYTECODE "$venv/bin/python" -c '
import cv2
from importlib import import_module
from mediapipe.tasks.python import vision
from pkgutil import walk_packages
import formcheck
for module in walk_packages(formcheck.__path__, "formcheck."):
    if not module.name.endswith("__main__"):
        import_module(module.name)
' >/dev/null 2>"$venv/loads.log" || {
        say "Installed, but it does not load: $(tail -n 1 "$venv/loads.log")"
        give_up "On Debian or Ubuntu: sudo apt install libgl1 libglib2.0-0. Then run this again."
    }
}

find_uv
make_venv
say "Installing into $venv; the first time takes a minute."
install_formcheck
check_that_it_loads
