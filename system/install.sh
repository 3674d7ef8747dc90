#!/bin/sh
# Installs the Debian packages in the lists given as arguments, as far as they are missing. Quick where none is.
set -eu

wanted=$(cat "$@" | sed 's/#.*//')

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "This system has no apt. Please see to it that what these Debian packages hold is installed, then run" >&2
    echo "'make install APT=no':" $wanted >&2
    exit 1
fi

# shellcheck disable=SC2086 # the list is meant to be split
present=$(dpkg-query --show --showformat '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true)
missing=""
for package in $wanted; do
    echo "$present" | grep -qx "installed $package" || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

root=""
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Please have these Debian packages installed, as neither root nor sudo is at hand:$missing" >&2
        exit 1
    fi
    root="sudo"
fi

echo "Installing Debian packages that pip cannot bring, which may take some minutes:$missing"
$root apt-get update --quiet=2
$root env DEBIAN_FRONTEND=noninteractive \
    apt-get install --quiet=2 --yes --no-install-recommends -o Dpkg::Use-Pty=0 $missing >/dev/null
