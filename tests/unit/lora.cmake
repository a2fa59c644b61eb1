likeness_test(lora_units TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_lora_main.cpp
    ${LIKENESS_TEST_DIR}/test_low_rank.cpp
    ${LIKENESS_TEST_DIR}/test_lora_files.cpp
  USES likeness_sample)
