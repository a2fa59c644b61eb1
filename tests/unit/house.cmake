find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME layers COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/check_layers.py ${CMAKE_SOURCE_DIR})
add_test(NAME traps COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/check_traps.py ${CMAKE_SOURCE_DIR})
add_test(NAME translations COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/check_translations.py
  $<TARGET_FILE:Qt6::lupdate> ${CMAKE_SOURCE_DIR})
add_test(NAME layers_self_test COMMAND ${Python3_EXECUTABLE} ${LIKENESS_TEST_DIR}/check_layers.py --self-test)

# Under sanitizers everything is built once more, so these run only when asked for.
option(LIKENESS_SANITIZER_TESTS "Let CTest run packaging/linux/sanitize.sh, which takes most of an hour" OFF)
foreach(kind address thread)
  if(LIKENESS_SANITIZER_TESTS)
    add_test(NAME sanitize_${kind} COMMAND bash ${CMAKE_SOURCE_DIR}/packaging/linux/sanitize.sh ${kind})
  else()
    add_test(NAME sanitize_${kind} COMMAND ${CMAKE_COMMAND} -E echo
      "skipped: run packaging/linux/sanitize.sh ${kind}, or configure with -DLIKENESS_SANITIZER_TESTS=ON")
  endif()
  set_tests_properties(sanitize_${kind} PROPERTIES SKIP_REGULAR_EXPRESSION "skipped:" TIMEOUT 7200 RUN_SERIAL ON)
endforeach()

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
