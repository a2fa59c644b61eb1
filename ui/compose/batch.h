#pragma once
#include <QImage>
#include <map>
#include <vector>

#include "core/api/job.h"

namespace likeness {

/// The pictures of one Sample job as they come: the made ones in order, and the before pictures by index.
struct Batch {
  struct Entry {
    PictureInfo info;
    ImagePtr image;
  };
  JobId job = 0;
  int expected = 0;
  std::map<int, Entry> made;
  std::map<int, Entry> before;

  void take(const PictureReady& picture) {
    auto& entries = picture.base ? before : made;
    entries[picture.index] = {picture.picture, picture.image};
  }
  /// The index of the picture with this file, −1 when it is not of this batch.
  [[nodiscard]] int indexOf(const std::filesystem::path& file) const {
    for (const auto& [index, entry] : made) {
      if (entry.info.file == file) return index;
    }
    return -1;
  }
};

}  // namespace likeness
