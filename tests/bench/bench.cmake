# Programs to run by hand (see compare.py); no timed tests.
add_executable(likeness_bench EXCLUDE_FROM_ALL ${LIKENESS_TEST_DIR}/likeness_bench.cpp)
target_link_libraries(likeness_bench PRIVATE likeness_train likeness_torch)
likeness_use_torch_header(likeness_bench)
