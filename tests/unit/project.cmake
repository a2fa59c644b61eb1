likeness_test(project
  SOURCES ${LIKENESS_TEST_DIR}/test_project.cpp
  USES likeness_project)
