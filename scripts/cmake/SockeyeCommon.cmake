# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later

# One INTERFACE target carries what every target of ours is compiled with, so that no folder can be laxer than the others.

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(NOT CMAKE_BUILD_TYPE)
    set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "Build type" FORCE)
endif()

# ccache makes the second build of a preset quick; precompiled headers need these to be cached at all.
find_program(SOCKEYE_CCACHE ccache)
if(SOCKEYE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env
        CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
        CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
        CCACHE_NOHASHDIR=1
        ${SOCKEYE_CCACHE})
endif()

# Dozens of test programs are linked on two cores: where there is a fast linker, use it.
find_program(SOCKEYE_MOLD mold)
if(SOCKEYE_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

add_library(sockeye_common INTERFACE)
add_library(sockeye::common ALIAS sockeye_common)
target_compile_features(sockeye_common INTERFACE cxx_std_20)
target_include_directories(sockeye_common INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(sockeye_common INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -fno-strict-aliasing)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # ccache can only keep objects built with a precompiled header when the preprocessor says so.
    target_compile_options(sockeye_common INTERFACE -fpch-preprocess)
elseif(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # And with clang only when that header does not hold the time at which it was written.
    target_compile_options(sockeye_common INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()
target_compile_definitions(sockeye_common INTERFACE
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_TO_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_FOREACH
    QT_NO_KEYWORDS
    QT_USE_QSTRINGBUILDER
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)

# What the sanitizers watch: libraries and programs. Tests are only linked with them, which saves half of the build; for
# threads they are watched, too, because a lock that the sanitizer does not see is a race to it.
add_library(sockeye_instrumented INTERFACE)
add_library(sockeye::instrumented ALIAS sockeye_instrumented)
if(SOCKEYE_SANITIZE)
    target_compile_options(sockeye_instrumented INTERFACE
        -fsanitize=${SOCKEYE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    target_link_options(sockeye_common INTERFACE -fsanitize=${SOCKEYE_SANITIZE})
    if(SOCKEYE_SANITIZE MATCHES "thread")
        target_link_libraries(sockeye_common INTERFACE sockeye_instrumented)
        # With its calls in between, g++ loses sight of what is initialized; the other builds look for that.
        target_compile_options(sockeye_instrumented INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
    endif()
    if(SOCKEYE_SANITIZE MATCHES "undefined")
        # Its check opens a pipe, and reports a defect in the test that has no descriptors left.
        target_compile_options(sockeye_instrumented INTERFACE -fno-sanitize=vptr)
    endif()
    if(SOCKEYE_SANITIZE_NOT)
        target_compile_options(sockeye_instrumented INTERFACE -fno-sanitize=${SOCKEYE_SANITIZE_NOT})
    endif()
endif()
