# One interface target carries every flag; nothing sets CMAKE_CXX_FLAGS.
add_library(wandrill_options INTERFACE)
target_compile_features(wandrill_options INTERFACE cxx_std_20)
set_property(GLOBAL PROPERTY CXX_EXTENSIONS OFF)
target_compile_options(wandrill_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wno-missing-field-initializers
  $<$<COMPILE_LANGUAGE:CXX>:-Wconversion;-Wnon-virtual-dtor;-Woverloaded-virtual>
  # What g++ does not warn of; std::stable_sort of libstdc++ 12 uses what it deprecates.
  $<$<CXX_COMPILER_ID:Clang>:-Wno-sign-conversion;-Wno-deprecated-declarations;-Wno-unknown-warning-option>
  $<$<BOOL:${WANDRILL_WERROR}>:-Werror>)
if(WANDRILL_SANITIZE)
  target_compile_options(wandrill_options INTERFACE
    -fsanitize=${WANDRILL_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(wandrill_options INTERFACE -fsanitize=${WANDRILL_SANITIZE})
endif()

find_program(WANDRILL_CCACHE ccache)
if(WANDRILL_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${WANDRILL_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${WANDRILL_CCACHE})
endif()

# Files of a target are compiled several at a time: most of a compilation is the headers that they share. Names in
# anonymous namespaces must therefore be unique within a target; files that share some with others are named ALONE.
set(CMAKE_UNITY_BUILD ON)
set(CMAKE_UNITY_BUILD_BATCH_SIZE 10 CACHE STRING "How many files are compiled at a time; 0: all of a target")
find_program(WANDRILL_MOLD mold)
if(WANDRILL_MOLD)
  target_link_options(wandrill_options INTERFACE -fuse-ld=mold)
endif()

find_package(fmt REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libosip2 REQUIRED IMPORTED_TARGET libosip2)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(libnftables REQUIRED IMPORTED_TARGET libnftables)

# Boost.Asio is headers only; its includes are system headers so that our warnings are ours.
add_library(wandrill_asio INTERFACE)
target_compile_definitions(wandrill_asio INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_VISIBILITY)
target_link_libraries(wandrill_asio INTERFACE Threads::Threads)

# wandrill_library(net SOURCES netns.cpp … DEPENDS base) -> target wandrill_net, alias wandrill::net
function(wandrill_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;ALONE;DEPENDS;PUBLIC_LIBRARIES;PRIVATE_LIBRARIES" ${ARGN})
  set_source_files_properties(${ARG_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  add_library(wandrill_${name} STATIC ${ARG_SOURCES} ${ARG_ALONE})
  add_library(wandrill::${name} ALIAS wandrill_${name})
  target_include_directories(wandrill_${name} PUBLIC ${PROJECT_SOURCE_DIR}/harness ${PROJECT_SOURCE_DIR})
  list(TRANSFORM ARG_DEPENDS PREPEND wandrill::)
  target_link_libraries(wandrill_${name}
    PUBLIC ${ARG_DEPENDS} ${ARG_PUBLIC_LIBRARIES}
    PRIVATE wandrill_options ${ARG_PRIVATE_LIBRARIES})
endfunction()

# wandrill_test(net KIND lab SOURCES netns_test.cpp … DEPENDS net)
# Tests run in the source folder, so that what is compiled does not depend on where that is.
# One Catch2 binary per folder and kind. KIND is unit, lab or golden: the CTest label.
# Exit code 77 means that every test of the binary was skipped; CTest then says so.
function(wandrill_test name)
  if(NOT WANDRILL_BUILD_TESTS)
    return()
  endif()
  cmake_parse_arguments(ARG "" "KIND;TIMEOUT" "SOURCES;ALONE;DEPENDS" ${ARGN})
  set(target wandrill_${name}_${ARG_KIND}_test)
  set_source_files_properties(${ARG_ALONE} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  add_executable(${target} ${ARG_SOURCES} ${ARG_ALONE})
  list(TRANSFORM ARG_DEPENDS PREPEND wandrill::)
  target_link_libraries(${target} PRIVATE ${ARG_DEPENDS} wandrill::catch wandrill_options)
  target_compile_definitions(${target} PRIVATE WANDRILL_SOURCE_DIR=".")
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 120)
  endif()
  add_test(NAME ${name}.${ARG_KIND} COMMAND ${target} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name}.${ARG_KIND} PROPERTIES
    LABELS ${ARG_KIND} SKIP_RETURN_CODE 77 TIMEOUT ${ARG_TIMEOUT} PROCESSORS 2)
  if(ARG_KIND STREQUAL lab)
    add_test(NAME ${name}.lab.ordinary_user
      COMMAND ${PROJECT_SOURCE_DIR}/ci/as_ordinary_user --test $<TARGET_FILE:${target}>
      WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(${name}.lab ${name}.lab.ordinary_user PROPERTIES
      LABELS lab SKIP_RETURN_CODE 77 TIMEOUT ${ARG_TIMEOUT} PROCESSORS 2)
  endif()
endfunction()
