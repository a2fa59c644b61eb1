likeness_test(gui_shell GUI
  SOURCES
    ${LIKENESS_TEST_DIR}/test_shell_main.cpp
    ${LIKENESS_TEST_DIR}/test_shell.cpp
    ${LIKENESS_TEST_DIR}/test_subject_page.cpp
    ${LIKENESS_TEST_DIR}/test_priors_page.cpp
    ${LIKENESS_TEST_DIR}/test_helper.cpp
    ${LIKENESS_TEST_DIR}/test_settings.cpp
    ${LIKENESS_TEST_DIR}/test_languages.cpp
  USES likeness_fake_backend)

# Every page in light and dark, as pictures to look at; fails when a page can't be shown or a picture is empty.
add_executable(likeness_screenshots ${LIKENESS_TEST_DIR}/screenshots.cpp)
target_link_libraries(likeness_screenshots PRIVATE likeness_options likeness_fake_backend)
target_compile_definitions(likeness_screenshots PRIVATE LIKENESS_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
add_test(NAME screenshots COMMAND likeness_screenshots ${CMAKE_BINARY_DIR}/screenshots)
set_tests_properties(screenshots PROPERTIES TIMEOUT 300 ENVIRONMENT "QT_QPA_PLATFORM=offscreen")
