list(APPEND LIKENESS_UI_SOURCES
  priors/priors_page.cpp
  priors/prior_sheet.cpp)
