if(TARGET likeness-cli)
  likeness_reference_test(reference_export ${LIKENESS_TEST_DIR}/check_export.py
    $<TARGET_FILE:likeness-cli> ${CMAKE_SOURCE_DIR}/resources/base ${CMAKE_SOURCE_DIR}/resources/demo/photos)
  likeness_reference_test(reference_bin_folder ${LIKENESS_TEST_DIR}/check_bin_folder.py
    $<TARGET_FILE:likeness-cli> $<TARGET_FILE:make_tiny_model> ${CMAKE_SOURCE_DIR})
  likeness_reference_test(reference_trained_kinds ${LIKENESS_TEST_DIR}/check_trained_kinds.py
    $<TARGET_FILE:likeness-cli> $<TARGET_FILE:make_tiny_model> ${CMAKE_SOURCE_DIR})
  likeness_reference_test(reference_pictures ${LIKENESS_TEST_DIR}/check_pictures.py
    $<TARGET_FILE:likeness-cli> $<TARGET_FILE:make_tiny_model> ${CMAKE_SOURCE_DIR})
  likeness_reference_test(reference_lora_export ${LIKENESS_TEST_DIR}/check_lora_export.py
    $<TARGET_FILE:likeness-cli> ${CMAKE_SOURCE_DIR}/resources/base ${CMAKE_SOURCE_DIR}/resources/demo/photos
    $<TARGET_FILE:make_tiny_model> ${CMAKE_SOURCE_DIR})
  likeness_reference_test(reference_layouts ${LIKENESS_TEST_DIR}/check_layouts.py
    $<TARGET_FILE:likeness-cli> ${CMAKE_SOURCE_DIR}/resources/base)
  likeness_reference_test(reference_start ${LIKENESS_TEST_DIR}/check_start.py $<TARGET_FILE:likeness-cli>)
endif()
