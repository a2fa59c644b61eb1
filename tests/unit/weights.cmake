likeness_test(weights TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_safetensors.cpp
    ${LIKENESS_TEST_DIR}/test_textual_inversion.cpp
    ${LIKENESS_TEST_DIR}/test_load_module.cpp
  USES likeness_weights likeness_torch_maker)
likeness_test(hostile_files TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_hostile_files.cpp
    ${LIKENESS_TEST_DIR}/hostile_files.cpp
    ${LIKENESS_TEST_DIR}/hostile_zips.cpp
    ${LIKENESS_TEST_DIR}/hostile_pickles.cpp
    ${LIKENESS_TEST_DIR}/hostile_models.cpp
    ${LIKENESS_TEST_DIR}/safetensors_lies.cpp
    ${CMAKE_SOURCE_DIR}/tests/support/allocation_peak.cpp
    ${CMAKE_SOURCE_DIR}/tests/support/filled_model.cpp
  USES likeness_data likeness_weights likeness_torch_maker)
