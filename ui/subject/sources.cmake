list(APPEND LIKENESS_UI_SOURCES
  subject/subject_page.cpp
  subject/photo_panel.cpp
  subject/crop_editor.cpp
  subject/crop_geometry.cpp
  subject/subject_fields.cpp
  subject/photo_tiles.cpp
  subject/photo_commands.cpp)
