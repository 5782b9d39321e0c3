#!/bin/sh
# Make the project's own Python environment, .venv, from a lock file, unless it is there already.
#
#   scripts/environment.sh runtime     what the geo command needs (requirements.lock)
#   scripts/environment.sh dev         that, and the tools that check it (requirements-dev.lock)
#
# PYTHON=/path/to/python chooses the interpreter; otherwise the first of the usual names that is
# Python 3.11 or newer is taken. A changed lock file, another interpreter version or a moved folder
# means a new environment; a changed pyproject.toml only installs the project itself again.
set -eu
cd "$(dirname "$0")/.."

kind=${1:-}
case $kind in
    runtime) lock=requirements.lock ;;
    dev) lock=requirements-dev.lock ;;
    *) echo "usage: scripts/environment.sh runtime|dev" >&2; exit 2 ;;
esac

venv=.venv
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0

recent() { "$1" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        if recent "$PYTHON"; then echo "$PYTHON"; return; fi
        echo "PYTHON=$PYTHON is not a Python 3.11 or newer that runs." >&2
        exit 1
    fi
    for name in python3.13 python3.12 python3.11 python3 python; do
        if recent "$name"; then echo "$name"; return; fi
    done
    echo "No Python 3.11 or newer was found (tried python3.13, python3.12, python3.11, python3, python)." >&2
    echo "Install one, or name it: make PYTHON=/path/to/python ..." >&2
    exit 1
}

mark() { echo "$(cksum <"$1") $PWD"; }
holds() { [ -f "$venv/$1.stamp" ] && [ "$(cat "$venv/$1.stamp")" = "$(mark "$2")" ]; }

# Whatever was installed before has to come from the lock files as they are now.
usable=yes
recent "$venv/bin/python" || usable=no
if [ -f "$venv/dev.stamp" ]; then
    holds dev requirements-dev.lock || usable=no
fi
holds runtime requirements.lock || usable=no

if [ $usable = no ]; then
    python=$(find_python)
    echo "Creating .venv with $("$python" --version) from $lock; this takes a minute or two."
    rm -rf "$venv"
    if "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        "$python" -m venv "$venv"
    elif "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m venv --without-pip "$venv"  # some systems ship venv without its pip
    else
        echo "$python has neither ensurepip nor pip; install pip for it (python3-pip or python3-venv)." >&2
        exit 1
    fi
fi

pip() {
    if "$venv/bin/python" -c 'import pip' >/dev/null 2>&1; then
        "$venv/bin/python" -m pip "$@"
    else
        "${python:-$(find_python)}" -m pip --python "$venv/bin/python" "$@"
    fi
}

if ! holds "$kind" "$lock"; then
    [ $usable = no ] || echo "Adding $lock to .venv; this takes a minute."
    pip install --quiet --require-hashes --only-binary :all: --retries 10 --requirement "$lock"
    mark "$lock" >"$venv/$kind.stamp"
    [ $kind = runtime ] || mark requirements.lock >"$venv/runtime.stamp"
fi

if ! holds project pyproject.toml; then
    pip install --quiet --no-deps --no-index --no-build-isolation --editable .
    mark pyproject.toml >"$venv/project.stamp"
fi
