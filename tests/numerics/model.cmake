likeness_test(model TORCH
  SOURCES
    ${LIKENESS_TEST_DIR}/test_model_main.cpp
    ${LIKENESS_TEST_DIR}/test_model_config.cpp
    ${LIKENESS_TEST_DIR}/test_model_clip.cpp
    ${LIKENESS_TEST_DIR}/test_model_unet.cpp
    ${LIKENESS_TEST_DIR}/test_model_vae.cpp
  USES likeness_model likeness_weights)

# The Likeness side of full_size.py, which is run by hand: no ordinary test has the memory for full-size models.
add_executable(component_runner EXCLUDE_FROM_ALL ${LIKENESS_TEST_DIR}/component_runner.cpp)
target_link_libraries(component_runner PRIVATE likeness_model likeness_weights likeness_torch)
likeness_use_torch_header(component_runner)
# The shared precompiled header was made with -fPIC; test programs get the flag from Qt.
target_compile_options(component_runner PRIVATE -fPIC)
