list(APPEND LIKENESS_UI_SOURCES
  helper/helper_settings.cpp
  helper/event_stream.cpp
  helper/helper_client.cpp
  helper/helper_tasks.cpp
  helper/helper_panel.cpp)
