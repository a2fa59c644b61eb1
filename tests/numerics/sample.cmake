likeness_test(sample TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_stable_diffusion.cpp
    ${LIKENESS_TEST_DIR}/test_pictures.cpp
    ${LIKENESS_TEST_DIR}/test_score_model.cpp
    ${LIKENESS_TEST_DIR}/test_pipeline.cpp
  USES likeness_sample likeness_tiny_model
  TIMEOUT 900)
target_compile_definitions(likeness_tests_sample PRIVATE LIKENESS_REFERENCE_PYTHON="${LIKENESS_REFERENCE_PYTHON}")
