# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2154

# The steps of .ci/run. Each is called in a subshell with -e and the root of the tree as its folder; `root`
# and `logs` are set.

check_format() {
    git ls-files '*.cpp' '*.h' | xargs clang-format-14 --dry-run -Werror
}

# The command line on the other engine is left out: the tests of sockets run on both.
check_asan() {
    configure asan
    build asan
    ctest --preset asan --parallel "$(test_jobs)" -LE 'slow|processes' -E '^cli_.*_qt$'
}

# The layer of protocols starts no thread.
check_tsan() {
    configure tsan -DSOCKEYE_FUZZ=OFF
    build tsan sockeye-cli app_tests tst_left_captures
    ctest --preset tsan --parallel "$(test_jobs)" -L engine -LE '^protocol$'
}

# check_random SECONDS: captures made up by seeds, read and compared with what they hold. From the same seed on each time,
# so that a change is judged by what it changed; without SOCKEYE_SEED the test tries what nobody has tried yet.
check_random() {
    SOCKEYE_SEED=100000 SOCKEYE_SECONDS=$1 QT_QPA_PLATFORM=offscreen build/dev/tests/app_tests tst_capture_differential
    SOCKEYE_SEED=100000 QT_QPA_PLATFORM=offscreen build/dev/tests/app_tests tst_capture_follow_tshark
}

# Built with C++ and Qt alone: what is of the system lies between the engine and the command line, so these are tested.
check_portable() {
    configure portable -DSOCKEYE_UI=OFF -DSOCKEYE_FUZZ=OFF
    build portable sockeye-cli app_tests tst_left_captures
    ctest --preset portable --parallel "$(test_jobs)" -L '^(app|cli)$' -LE slow
}

# The commit that this change starts from: what has landed, if that is not this very commit, or some way back.
landed_commit() {
    local landed
    landed=$(git merge-base HEAD origin/main 2>/dev/null) || landed=
    if [ -n "$landed" ] && [ "$landed" != "$(git rev-parse HEAD)" ]; then
        echo "$landed"
    else
        git rev-parse --verify -q 'HEAD~20' || git rev-list --max-parents=0 HEAD | tail -n 1
    fi
}

# clang-tidy on the sources that were changed, the largest changes first, for as many as fit into some minutes. It reads
# clang's own compile commands: g++'s precompiled headers mean nothing to it.
check_tidy() {
    local seconds=150 files base
    base=$(landed_commit)
    mapfile -t files < <(git diff --numstat --no-renames --diff-filter=d "$base" -- 'protocol/*.cpp' 'app/*.cpp' 'ui/*.cpp' \
        | sort -k1,1nr -k3 | cut -f3)
    echo "${#files[@]} sources changed since $base"
    if [ ${#files[@]} -eq 0 ]; then
        return
    fi
    cmake --preset dev -B build/tidy -DSOCKEYE_UNITY=OFF -DCMAKE_CXX_COMPILER=clang++-14 -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON \
        -DSOCKEYE_TESTS=OFF
    printf '%s\n' "${files[@]}" | ENDS=$((EPOCHSECONDS + seconds)) xargs -P "$(nproc)" -n 1 bash -c '
        if [ "$EPOCHSECONDS" -ge "$ENDS" ]; then
            echo "No time left for $0."
            exit
        fi
        echo "$0"
        timeout 300 clang-tidy-14 -p build/tidy --quiet "$0"'
}

# check_fuzzers SECONDS: each fuzzer for that long, from the seeds in the tree; one on each core. It takes the same way each
# time, so that a change is judged by what it changed; tests/fuzz/README.md says how to explore.
check_fuzzers() {
    local source name names=()
    for source in tests/fuzz/fuzz_*.cpp; do
        name=$(basename "$source" .cpp)
        names+=("$name")
        mkdir -p "$logs/corpus/$name"
    done
    configure asan
    build asan "${names[@]}"
    printf '%s\n' "${names[@]}" | seconds=$1 logs=$logs xargs -P "$(nproc)" -I '{}' bash -c '
        log=$logs/{}.fuzz corpus={}
        if ! build/asan/tests/{} -seed=1 -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
            -artifact_prefix="$logs/{}-" "$logs/corpus/{}" "tests/fuzz/corpus/${corpus#fuzz_}" >"$log" 2>&1; then
            cat "$log"
            exit 255
        fi
        grep -H -F -e number_of_executed_units "$log"'
}

# Installs what was tested into an empty folder and starts the programs from there: the window must be mapped, the command
# line must make an exchange and find the program that captures.
check_install() {
    local prefix=$root/build/ci/prefix events server line port
    rm -rf "$prefix"
    cmake --install build/dev --prefix "$prefix"
    test -f "$prefix/share/applications/org.sockeye.Sockeye.desktop"
    grep -q 'sockeye.*cli serve' "$prefix/share/man/man1/sockeye-cli.1"
    "$prefix/bin/sockeye-cli" --version
    "$prefix/bin/sockeye-cli" capture --list | grep ^lo:
    exec {events}< <(exec "$prefix/bin/sockeye-cli" serve --port 0 --print json --count 1 --seconds 30)
    server=$!
    read -r -t 30 line <&"$events"
    port=${line##*\"port\":}
    "$prefix/bin/sockeye-cli" send 127.0.0.1 "${port%\}}" search morpheus --expect rabbit
    cat <&"$events"
    wait "$server"
    SOCKEYE_SETTINGS=$root/build/ci/settings xvfb-run -a -s '-screen 0 1280x800x24' \
        bash .ci/window-appears "$prefix/bin/sockeye"
}
