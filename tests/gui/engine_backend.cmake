likeness_test(engine_backend GUI
  SOURCES ${LIKENESS_TEST_DIR}/test_engine_backend.cpp
  USES likeness_app likeness_tiny_model
  TIMEOUT 180)
