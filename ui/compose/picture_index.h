#pragma once
#include <QHash>
#include <QString>
#include <vector>

#include "core/api/project.h"

namespace likeness {

/// The pictures of a project, newest first, ready to be searched: prompts are taken out of the recipes' text, which is
/// a hundred times quicker than reading thousands of recipes. Before pictures of pairs are known, but not listed.
class PictureIndex {
 public:
  struct Entry {
    PictureInfo info;
    QString file;
    QString words;  ///< prompt in small letters
  };

  void setPictures(const std::vector<PictureInfo>& pictures);
  [[nodiscard]] const std::vector<Entry>& entries() const { return m_entries; }
  /// The picture of a file, a before picture too; null when there is none.
  [[nodiscard]] const PictureInfo* find(const QString& file) const;
  /// The before picture with the same prompt, settings and seed; null when there is none.
  [[nodiscard]] const PictureInfo* beforeOf(const PictureInfo& after) const;
  /// Entries whose prompt has all words of `search`, in any order; favourites only if asked.
  [[nodiscard]] std::vector<const Entry*> matching(const QString& search, bool favouritesOnly) const;
  /// The prompts, newest first, each once, at most `most`.
  [[nodiscard]] QStringList prompts(int most) const;

 private:
  std::vector<Entry> m_entries;
  std::vector<PictureInfo> m_before;
  QHash<QString, std::size_t> m_rows, m_beforeRows;
};

/// The prompt in a recipe's text, without reading the rest of it.
[[nodiscard]] QString promptOfRecipe(const std::string& recipe);

}  // namespace likeness
