likeness_test(metrics
  SOURCES ${LIKENESS_TEST_DIR}/test_metrics.cpp
  USES likeness_metrics likeness_data)
target_compile_definitions(likeness_tests_metrics PRIVATE
  LIKENESS_REFERENCE_PYTHON="${LIKENESS_REFERENCE_PYTHON}")
