list(APPEND LIKENESS_UI_SOURCES
  shell/main_window.cpp
  shell/pages.cpp
  shell/page.cpp
  shell/header_bar.cpp
  shell/system_memory.cpp
  shell/step_rail.cpp
  shell/step_button.cpp
  shell/job_bar.cpp
  shell/start_page.cpp
  shell/new_project_form.cpp
  shell/demo.cpp
  shell/help_panel.cpp
  shell/tour.cpp
  shell/recent_projects.cpp)
