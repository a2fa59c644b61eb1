# What window tests share: a backend that computes nothing, so they never load LibTorch.
add_library(likeness_fake_backend STATIC
  ${LIKENESS_TEST_DIR}/fake_backend.cpp
  ${LIKENESS_TEST_DIR}/fake_edits.cpp
  ${LIKENESS_TEST_DIR}/fake_jobs.cpp
  ${LIKENESS_TEST_DIR}/fake_pictures.cpp
  ${LIKENESS_TEST_DIR}/chat_server.cpp)
set_target_properties(likeness_fake_backend PROPERTIES AUTOMOC ON)
target_link_libraries(likeness_fake_backend PUBLIC likeness_ui Qt6::Network)
target_precompile_headers(likeness_fake_backend REUSE_FROM likeness_ui)
