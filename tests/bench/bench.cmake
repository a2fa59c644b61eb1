# Programs to run by hand (see compare.py); no timed tests.
add_executable(likeness_bench EXCLUDE_FROM_ALL ${LIKENESS_TEST_DIR}/likeness_bench.cpp)
target_link_libraries(likeness_bench PRIVATE likeness_train likeness_torch)
likeness_use_torch_header(likeness_bench)
# The shared precompiled header was made with -fPIC; test programs get the flag from Qt.
target_compile_options(likeness_bench PRIVATE -fPIC)
