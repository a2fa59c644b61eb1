list(APPEND LIKENESS_UI_SOURCES
  theme/metrics.h
  theme/tokens.cpp
  theme/fonts.cpp
  theme/translations.cpp
  theme/icons.cpp
  theme/style_sheet.cpp
  theme/focus_ring.cpp
  theme/theme.cpp)
