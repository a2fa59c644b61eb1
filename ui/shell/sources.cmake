list(APPEND LIKENESS_UI_SOURCES
  shell/page.cpp)
