likeness_test(lora TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_lora_main.cpp
    ${LIKENESS_TEST_DIR}/test_lora_names.cpp
    ${LIKENESS_TEST_DIR}/test_lora_parity.cpp
    ${LIKENESS_TEST_DIR}/test_lora_write.cpp
  USES likeness_weights)
target_compile_definitions(likeness_tests_lora PRIVATE LIKENESS_REFERENCE_PYTHON="${LIKENESS_REFERENCE_PYTHON}")
