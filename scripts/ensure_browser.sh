#!/bin/sh
# See to it that the browser tests have a Chromium-family browser: use one that is installed, else install one.
#
# Without any, CI=true makes this fail; elsewhere it says so in one line and the browser tests skip.
set -u
cd "$(dirname "$0")/.."
python=.venv/bin/python

# The places are those where tests/browser.py looks; GEO_BROWSER may name another.
installed() {
    for name in ${GEO_BROWSER:+"$GEO_BROWSER"} chromium chromium-browser google-chrome google-chrome-stable; do
        if "$name" --version >/dev/null 2>&1; then
            echo "$name"
            return 0
        fi
    done
    return 1
}

# Playwright's own copy counts when it starts: a missing system library shows only then.
own_copy() {
    $python - <<'PY' 2>/dev/null
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=playwright.chromium.executable_path)
    print("Playwright's Chromium", browser.version)
    browser.close()
PY
}

found() { installed || own_copy; }

if browser=$(found); then
    echo "Browser: $browser"
    exit 0
fi

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "No browser found: installing chromium with apt-get."
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        chromium fonts-noto-core) </dev/null >/dev/null
    if browser=$(found); then
        echo "Browser: $browser"
        exit 0
    fi
fi

echo "No browser found: installing Playwright's Chromium."
report=$($python -m playwright install chromium 2>&1 </dev/null)
if browser=$(found); then
    echo "Browser: $browser"
    exit 0
fi

if [ "${CI:-}" = true ]; then
    echo "$report" >&2
    echo "No browser could be installed, and CI must run the browser tests: install Chromium or Chrome." >&2
    exit 1
fi
echo "No browser could be installed: the browser tests will be skipped (install Chromium or Chrome to run them)."
