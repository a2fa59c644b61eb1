likeness_test(weights TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_safetensors.cpp
    ${LIKENESS_TEST_DIR}/safetensors_lies.cpp
    ${LIKENESS_TEST_DIR}/test_textual_inversion.cpp
    ${LIKENESS_TEST_DIR}/test_load_module.cpp
  USES likeness_weights)
