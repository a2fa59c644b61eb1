list(APPEND LIKENESS_UI_SOURCES
  compose/compose_page.cpp
  compose/prompt_bar.cpp
  compose/prompt_edit.cpp
  compose/subject_chip.cpp
  compose/starters.cpp
  compose/sample_settings.cpp
  compose/seed_field.cpp
  compose/picture_stage.cpp
  compose/before_after.cpp
  compose/gallery.cpp
  compose/made_pictures.cpp
  compose/recipe.cpp)
