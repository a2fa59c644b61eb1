likeness_test(layouts TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_layout_maps.cpp
    ${LIKENESS_TEST_DIR}/../unit/test_single_file.cpp
    ${LIKENESS_TEST_DIR}/../unit/test_model_round_trips.cpp
    ${LIKENESS_TEST_DIR}/../support/filled_model.cpp
  USES likeness_weights likeness_model)
