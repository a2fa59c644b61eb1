likeness_test(engine
  SOURCES
    ${LIKENESS_TEST_DIR}/test_engine.cpp
    ${LIKENESS_TEST_DIR}/test_engine_failures.cpp
  USES likeness_engine)
