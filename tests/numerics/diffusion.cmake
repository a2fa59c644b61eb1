likeness_test(diffusion TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_schedule.cpp
    ${LIKENESS_TEST_DIR}/test_samplers.cpp
  USES likeness_diffusion likeness_weights)
