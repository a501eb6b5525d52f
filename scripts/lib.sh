# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154

# What the scripts share. Sourced, with `root` set to the top of the source tree.

say() {
    printf '\n==> %s\n' "$*"
}

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# The packages of the sections named, one a line.
packages_of() {
    local section machine
    machine=$(dpkg --print-architecture 2>/dev/null) || true
    for section in "$@"; do
        awk -v want="[$section]" -v machine="$machine" '/^#/ || NF == 0 { next } /^\[/ { here = $0 == want; next }
            here { for (i = 2; i <= NF && $i != machine; ++i) { } if (NF == 1 || i <= NF) print $1 }' \
            "$root/scripts/packages.txt"
    done
}

# Installs what is missing of the sections named. Asks nothing of the package manager when all is there.
ensure_packages() {
    local wanted missing=() package installer=()
    mapfile -t wanted < <(packages_of "$@" | sort -u)
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p') || true
    for package in "${wanted[@]}"; do
        grep -qxF "$package" <<<"$installed" || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        return
    fi
    command -v apt-get >/dev/null || die "These packages are missing: ${missing[*]}. There is no apt-get here to install \
them with; install your system's equivalents and build by hand (see README.md)."
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "These packages are missing: ${missing[*]}. Installing them needs root: \
run as root: apt-get install ${missing[*]}"
        installer=(sudo)
    fi
    say "Installing ${missing[*]}"
    "${installer[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q \
        || die "The package lists could not be brought up to date: is there a network?"
    "${installer[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" \
        || die "The packages could not be installed; apt-get's own words are above."
}

# configure PRESET [CMAKE OPTIONS…]: once; afterwards ninja does it by itself when it is needed.
configure() {
    local preset=$1
    if [ ! -f "$root/build/$preset/build.ninja" ]; then
        say "Configuring $preset"
        cmake --preset "$@" -S "$root" >"$root/build/$preset.configure.log" 2>&1 \
            || { cat "$root/build/$preset.configure.log" >&2; die "Configuring failed."; }
    fi
}

# build PRESET [TARGETS…]
build() {
    local preset=$1
    shift
    say "Building $preset"
    ninja -C "$root/build/$preset" "$@" || die "Building $preset failed; the compiler's words are above."
}

# How many tests at a time: they wait for peers and for clocks a third of their time.
test_jobs() {
    echo $(($(nproc) + 2))
}
