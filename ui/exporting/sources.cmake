list(APPEND LIKENESS_UI_SOURCES
  exporting/export_page.cpp
  exporting/export_target.cpp
  exporting/result_card.cpp)
