# SPDX-FileCopyrightText: The Sockeye authors
# SPDX-License-Identifier: GPL-3.0-or-later

# sockeye_test(NAME <name> SOURCES <files…> LIBRARIES <targets…> [LABELS <labels…>] [TIMEOUT <seconds>] [OWN_NETWORK]
#              [OWN_PROGRAM] [BOTH_ENGINES] [OF_SYSTEM])
#
# One Qt Test class in <name>.cpp, which CTest runs in a process of its own, under the offscreen platform. Its class
# derives from sockeye::TestCase (tests/testcase.h), which makes unexpected warnings fail. All classes of a layer are
# linked into one program (protocol_tests, app_tests, ui_tests), which is told which one to run: a program for each took
# a third of the build. OWN_PROGRAM: it has a main() of its own. Found through the environment: golden data
# (SOCKEYE_TEST_DATA), peers in other languages (SOCKEYE_PEERS) and the programs of this build (SOCKEYE_BIN).
# Each test has its layer as a label, too.
# BOTH_ENGINES: it runs once more, as <name>_qt, with the engine "qt" for the sockets of the program.
# OF_SYSTEM: it tries what the portable build does not have. Its sources are compiled one by one, so that the others make the
# same batches in both builds, and ccache knows them.
# OWN_NETWORK: it captures packets, for which it has the right in a network of its own (tests/own_network).

# Qt's own definitions name each test's folder, which would make the shared precompiled header useless; we find data
# through the environment and need none of them.
set_property(TARGET Qt6::Test PROPERTY INTERFACE_COMPILE_DEFINITIONS QT_TESTLIB_LIB)

# What all tests share, and the precompiled header that they are built with: one with widgets, one without.
function(sockeye_test_support name)
    add_library(${name} STATIC ${PROJECT_SOURCE_DIR}/tests/testcase.cpp ${PROJECT_SOURCE_DIR}/tests/testcase.h)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
    target_link_libraries(${name} PUBLIC ${ARGN} Qt6::Test Qt6::Network tl::expected)
    # What is watched takes more time and memory than tests allow elsewhere.
    if(SOCKEYE_SANITIZE)
        target_compile_definitions(${name} PUBLIC SOCKEYE_SANITIZED)
    endif()
endfunction()
sockeye_test_support(sockeye_test_support sockeye::common)
target_precompile_headers(sockeye_test_support PRIVATE <QtCore> <QtNetwork> <QtTest>)
if(SOCKEYE_UI)
    sockeye_test_support(sockeye_test_support_ui sockeye::common Qt6::Widgets Qt6::Svg)
    target_precompile_headers(sockeye_test_support_ui PRIVATE <QtCore> <QtNetwork> <QtWidgets> <QtTest>)
endif()

# sockeye_test_program(<name> <library> <support> [definitions…])
function(sockeye_test_program name library support)
    add_executable(${name} ${PROJECT_SOURCE_DIR}/tests/test_main.cpp)
    set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests
        UNITY_BUILD ${SOCKEYE_UNITY} UNITY_BUILD_BATCH_SIZE 6)
    target_compile_definitions(${name} PRIVATE ${ARGN})
    target_link_libraries(${name} PRIVATE ${library} ${support})
    target_precompile_headers(${name} REUSE_FROM ${support})
endfunction()
sockeye_test_program(protocol_tests sockeye::protocol sockeye_test_support)
sockeye_test_program(app_tests sockeye::app sockeye_test_support)
if(SOCKEYE_UI)
    sockeye_test_program(ui_tests sockeye::ui sockeye_test_support_ui SOCKEYE_TEST_WIDGETS)
endif()

# The engines that tests run on: "default", and "qt" where that is another one. Tests are told that it is the only one.
set(SOCKEYE_USUAL_ENGINE default)
if(SOCKEYE_PORTABLE)
    set(SOCKEYE_USUAL_ENGINE qt)
endif()
function(sockeye_test_engines result both)
    set(engines ${SOCKEYE_USUAL_ENGINE})
    if(both AND NOT SOCKEYE_PORTABLE)
        list(APPEND engines qt)
    endif()
    set(${result} ${engines} PARENT_SCOPE)
endfunction()

function(sockeye_test)
    cmake_parse_arguments(PARSE_ARGV 0 arg "OWN_NETWORK;OWN_PROGRAM;BOTH_ENGINES;OF_SYSTEM" "NAME;TIMEOUT" "SOURCES;LIBRARIES;LABELS")
    if(arg_OF_SYSTEM AND SOCKEYE_PORTABLE)
        return()
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    set(support sockeye_test_support)
    if("sockeye::ui" IN_LIST arg_LIBRARIES)
        set(program ui_tests)
        set(layer ui)
        set(support sockeye_test_support_ui)
    elseif(arg_LIBRARIES STREQUAL "sockeye::protocol")
        set(program protocol_tests)
        set(layer protocol)
    else()
        set(program app_tests)
        set(layer app)
    endif()
    if(arg_OWN_PROGRAM)
        set(program ${arg_NAME})
        add_executable(${program})
        set_target_properties(${program} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
        target_precompile_headers(${program} REUSE_FROM ${support})
        target_link_libraries(${program} PRIVATE ${support})
        set(test)
    else()
        set(test ${arg_NAME})
    endif()
    # Helpers that several tests name are compiled once.
    get_target_property(known ${program} SOURCES)
    foreach(source IN LISTS arg_SOURCES)
        get_filename_component(source ${source} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
        if(NOT source IN_LIST known)
            list(APPEND known ${source})
            target_sources(${program} PRIVATE ${source})
            if(arg_OF_SYSTEM)
                set_source_files_properties(${source} TARGET_DIRECTORY ${program} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
            endif()
        endif()
    endforeach()
    target_link_libraries(${program} PRIVATE ${arg_LIBRARIES})
    if(arg_OF_SYSTEM)
        add_dependencies(${program} sockeye-capture)
    endif()
    set(runner)
    if(arg_OWN_NETWORK)
        set(runner ${PROJECT_SOURCE_DIR}/tests/own_network)
    endif()
    sockeye_test_engines(engines ${arg_BOTH_ENGINES})
    foreach(engine IN LISTS engines)
        set(name ${arg_NAME})
        if(NOT engine STREQUAL SOCKEYE_USUAL_ENGINE)
            string(APPEND name _${engine})
        endif()
        add_test(NAME ${name} COMMAND ${runner} $<TARGET_FILE:${program}> ${test})
        set_tests_properties(${name} PROPERTIES
            TIMEOUT ${arg_TIMEOUT}
            LABELS "${arg_LABELS};${layer}"
            ENVIRONMENT "SOCKEYE_ENGINE=${engine};QT_QPA_PLATFORM=offscreen;XDG_CACHE_HOME=${PROJECT_BINARY_DIR}/tests/cache;LC_ALL=C.UTF-8;SOCKEYE_TEST_DATA=${PROJECT_SOURCE_DIR}/tests/data;SOCKEYE_PEERS=${PROJECT_SOURCE_DIR}/tests/peers;SOCKEYE_BIN=${PROJECT_BINARY_DIR}/bin")
    endforeach()
endfunction()
