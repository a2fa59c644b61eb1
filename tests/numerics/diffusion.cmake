likeness_test(diffusion TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_schedule.cpp
    ${LIKENESS_TEST_DIR}/test_samplers.cpp
    ${LIKENESS_TEST_DIR}/test_sampler_hooks.cpp
    ${LIKENESS_TEST_DIR}/print_sampler_table.cpp
  USES likeness_diffusion likeness_weights)
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME sampler_table COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/sampler_table.py
  --program $<TARGET_FILE:likeness_tests_diffusion> --check ${CMAKE_SOURCE_DIR}/docs/samplers.md)
