likeness_test(torch_files TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_torch_file.cpp
  USES likeness_weights likeness_torch_maker)
