# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later

# sockeye_test(NAME <name> SOURCES <files…> LIBRARIES <targets…> [LABELS <labels…>] [TIMEOUT <seconds>] [OWN_NETWORK]
#              [BOTH_ENGINES])
#
# One Qt Test program, run by CTest under the offscreen platform. Its class derives from sockeye::TestCase
# (tests/testcase.h), which makes unexpected warnings fail. Found through the environment: golden data
# (SOCKEYE_TEST_DATA), peers in other languages (SOCKEYE_PEERS) and the programs of this build (SOCKEYE_BIN).
# BOTH_ENGINES: it runs once more, as <name>_qt, with the engine "qt" for the sockets of the program.
# OWN_NETWORK: it captures packets, for which it has the right in a network of its own (tests/own_network).

# Qt's own definitions name each test's folder, which would make the shared precompiled header useless; we find data
# through the environment and need none of them.
set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)

# What all tests share, and the precompiled header that they are built with: one with widgets, one without.
function(sockeye_test_support name)
    add_library(${name} STATIC ${PROJECT_SOURCE_DIR}/tests/testcase.cpp ${PROJECT_SOURCE_DIR}/tests/testcase.h)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PUBLIC ${ARGN} Qt6::Test Qt6::Network tl::expected)
endfunction()
sockeye_test_support(sockeye_test_support sockeye::common)
target_precompile_headers(sockeye_test_support PRIVATE <QtCore> <QtNetwork> <QtTest>)
if(SOCKEYE_UI)
    sockeye_test_support(sockeye_test_support_ui sockeye::common Qt6::Widgets Qt6::Svg)
    target_precompile_headers(sockeye_test_support_ui PRIVATE <QtCore> <QtNetwork> <QtWidgets> <QtTest>)
endif()

# The engines that tests run on: "default", and "qt" where that is another one.
function(sockeye_test_engines result both)
    set(engines default)
    if(both AND NOT SOCKEYE_PORTABLE)
        list(APPEND engines qt)
    endif()
    set(${result} ${engines} PARENT_SCOPE)
endfunction()

function(sockeye_test)
    cmake_parse_arguments(PARSE_ARGV 0 arg "OWN_NETWORK;BOTH_ENGINES" "NAME;TIMEOUT" "SOURCES;LIBRARIES;LABELS")
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set(support sockeye_test_support)
    if("sockeye::ui" IN_LIST arg_LIBRARIES)
        set(support sockeye_test_support_ui)
    endif()
    add_executable(${arg_NAME} ${arg_SOURCES})
    set_target_properties(${arg_NAME} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
    target_link_libraries(${arg_NAME} PRIVATE ${arg_LIBRARIES} ${support})
    target_precompile_headers(${arg_NAME} REUSE_FROM ${support})
    set(runner)
    if(arg_OWN_NETWORK)
        set(runner ${PROJECT_SOURCE_DIR}/tests/own_network)
    endif()
    sockeye_test_engines(engines ${arg_BOTH_ENGINES})
    foreach(engine IN LISTS engines)
        set(name ${arg_NAME})
        if(NOT engine STREQUAL "default")
            string(APPEND name _${engine})
        endif()
        add_test(NAME ${name} COMMAND ${runner} $<TARGET_FILE:${arg_NAME}>)
        set_tests_properties(${name} PROPERTIES
            TIMEOUT ${arg_TIMEOUT}
            LABELS "${arg_LABELS}"
            ENVIRONMENT "SOCKEYE_ENGINE=${engine};QT_QPA_PLATFORM=offscreen;XDG_CACHE_HOME=${PROJECT_BINARY_DIR}/tests/cache;LC_ALL=C.UTF-8;SOCKEYE_TEST_DATA=${PROJECT_SOURCE_DIR}/tests/data;SOCKEYE_PEERS=${PROJECT_SOURCE_DIR}/tests/peers;SOCKEYE_BIN=${PROJECT_BINARY_DIR}/bin")
    endforeach()
endfunction()
