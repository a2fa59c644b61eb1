list(APPEND LIKENESS_UI_SOURCES
  settings/preferences.cpp
  settings/report.cpp
  settings/log_panel.cpp
  settings/helper_form.cpp
  settings/settings_dialog.cpp)
