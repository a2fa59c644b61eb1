set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
# -O2 without debug information: LibTorch's templates make -g and -O3 builds several times as large and slow.
set(CMAKE_CXX_FLAGS_RELEASE "-O2")

option(LIKENESS_WERROR "Treat warnings as errors" ON)
set(LIKENESS_SANITIZE "" CACHE STRING "Sanitizers to build with, for example address,undefined or thread")

add_library(likeness_options INTERFACE)
target_compile_options(likeness_options INTERFACE -Wall -Wextra $<$<BOOL:${LIKENESS_WERROR}>:-Werror>)
# g++ 12 sees copies out of bounds where a std::string is moved (GCC bugs 105329 and 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(likeness_options INTERFACE -Wno-array-bounds -Wno-restrict)
endif()
# Torch uses the identifier `slots`, so Qt's lower-case keywords stay off everywhere.
target_compile_definitions(likeness_options INTERFACE QT_NO_KEYWORDS)
target_include_directories(likeness_options INTERFACE ${CMAKE_SOURCE_DIR})
if(LIKENESS_SANITIZE)
  target_compile_options(likeness_options INTERFACE -fsanitize=${LIKENESS_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(likeness_options INTERFACE -fsanitize=${LIKENESS_SANITIZE})
endif()

# clang's own linker where it is there: quick. Not mold: 1.10 of Debian 12 lets the read-only part of a program begin a byte
# before its segment, and where that byte is on a page of its own, the program can't be loaded.
find_program(LIKENESS_LLD NAMES ld.lld-16 ld.lld)
if(LIKENESS_LLD AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  add_link_options(--ld-path=${LIKENESS_LLD})
endif()
