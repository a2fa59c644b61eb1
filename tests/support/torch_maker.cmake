# True and lying files of torch.save, and how much memory reading them takes.
add_library(likeness_torch_maker STATIC ${LIKENESS_TEST_DIR}/torch_maker.cpp)
target_link_libraries(likeness_torch_maker PUBLIC likeness_options)
