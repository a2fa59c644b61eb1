likeness_test(diffusion TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_schedule.cpp
    ${LIKENESS_TEST_DIR}/test_samplers.cpp
    ${LIKENESS_TEST_DIR}/test_sampler_hooks.cpp
    ${LIKENESS_TEST_DIR}/print_sampler_table.cpp
  USES likeness_diffusion likeness_weights)
