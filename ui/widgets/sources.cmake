list(APPEND LIKENESS_UI_SOURCES
  widgets/qimage.cpp
  widgets/labels.cpp
  widgets/buttons.cpp
  widgets/card.cpp
  widgets/elided_label.cpp
  widgets/flow_layout.cpp
  widgets/badge.cpp
  widgets/empty_state.cpp
  widgets/notice_banner.cpp
  widgets/token_field.cpp
  widgets/noun_field.cpp
  widgets/image_loader.cpp
  widgets/picture_model.cpp
  widgets/picture_delegate.cpp
  widgets/picture_grid.cpp
  widgets/picture_viewer.cpp)
