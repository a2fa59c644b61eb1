find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME layers COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/check_layers.py ${CMAKE_SOURCE_DIR})
add_test(NAME layers_self_test COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/check_layers.py --self-test)

likeness_test(base
  SOURCES ${LIKENESS_TEST_DIR}/test_base.cpp
  USES likeness_base)
likeness_test(api
  SOURCES ${LIKENESS_TEST_DIR}/test_api.cpp
  USES likeness_api)
likeness_test(sample_options
  SOURCES ${LIKENESS_TEST_DIR}/test_sample_options.cpp
  USES likeness_api)
likeness_test(parameters_text
  SOURCES ${LIKENESS_TEST_DIR}/test_parameters_text.cpp
  USES likeness_api)
likeness_test(random TORCH
  SOURCES ${LIKENESS_TEST_DIR}/test_random.cpp
  USES likeness_tensor)
