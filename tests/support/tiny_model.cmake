# A tiny random Stable Diffusion for tests, as a function and as a program.
add_library(likeness_tiny_model STATIC ${LIKENESS_TEST_DIR}/tiny_model.cpp)
target_link_libraries(likeness_tiny_model PUBLIC likeness_options likeness_torch likeness_weights likeness_model)
likeness_use_torch_header(likeness_tiny_model)
add_executable(make_tiny_model ${LIKENESS_TEST_DIR}/make_tiny_model.cpp)
target_link_libraries(make_tiny_model PRIVATE likeness_tiny_model)
