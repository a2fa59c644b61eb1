#include "ui/compose/picture_index.h"

#include <QSet>
#include <QStringList>
#include <algorithm>

#include "core/api/recipe_json.h"
#include "core/base/json.h"
#include "ui/compose/made_pictures.h"
#include "ui/widgets/qimage.h"

namespace likeness {
namespace {

bool sameSettings(const Sample& a, const Sample& b) {
  return a.prompt == b.prompt && a.negative == b.negative && a.seed == b.seed && a.sampler == b.sampler &&
         a.schedule == b.schedule && a.steps == b.steps && a.guidance == b.guidance && a.width == b.width &&
         a.height == b.height && a.from == b.from && a.strength == b.strength;
}

}  // namespace

QString promptOfRecipe(const std::string& recipe) {
  static const std::string kKey = "\"prompt\":";
  auto at = recipe.find(kKey);
  if (at == std::string::npos) return {};
  at = recipe.find('"', at + kKey.size());
  if (at == std::string::npos) return {};
  auto end = at + 1;
  bool escaped = false;
  while (end < recipe.size() && recipe[end] != '"') {
    escaped |= recipe[end] == '\\';
    end += recipe[end] == '\\' ? 2 : 1;
  }
  if (end >= recipe.size()) return {};
  if (!escaped) return QString::fromUtf8(recipe.data() + at + 1, qsizetype(end - at - 1));
  const auto text = parseJson(std::string_view(recipe).substr(at, end - at + 1));
  return text.is_string() ? QString::fromStdString(text.get<std::string>()) : QString();
}

void PictureIndex::setPictures(const std::vector<PictureInfo>& pictures) {
  m_entries.clear();
  m_before.clear();
  m_rows.clear();
  m_beforeRows.clear();
  m_entries.reserve(pictures.size());
  for (auto picture = pictures.rbegin(); picture != pictures.rend(); ++picture) {
    auto file = toQString(picture->file);
    if (isBefore(*picture)) {
      m_beforeRows.insert(file, m_before.size());
      m_before.push_back(*picture);
    } else {
      m_rows.insert(file, m_entries.size());
      m_entries.push_back({*picture, file, promptOfRecipe(picture->recipe).toLower()});
    }
  }
}

const PictureInfo* PictureIndex::find(const QString& file) const {
  if (const auto row = m_rows.find(file); row != m_rows.end()) return &m_entries[*row].info;
  const auto row = m_beforeRows.find(file);
  return row == m_beforeRows.end() ? nullptr : &m_before[*row];
}

const PictureInfo* PictureIndex::beforeOf(const PictureInfo& after) const {
  const auto made = sampleFromRecipe(after.recipe);
  if (!made || made->weights == WhichWeights::Base) return nullptr;
  const auto seed = "\"seed\":" + std::to_string(made->seed);
  for (const auto& picture : m_before) {
    if (picture.recipe.find(seed) == std::string::npos) continue;
    const auto base = sampleFromRecipe(picture.recipe);
    if (base && sameSettings(*base, *made)) return &picture;
  }
  return nullptr;
}

std::vector<const PictureIndex::Entry*> PictureIndex::matching(const QString& search, bool favouritesOnly) const {
  const auto words = search.toLower().split(' ', Qt::SkipEmptyParts);
  std::vector<const Entry*> found;
  for (const auto& entry : m_entries) {
    if (favouritesOnly && !entry.info.favourite) continue;
    const bool all =
        std::all_of(words.begin(), words.end(), [&](const QString& word) { return entry.words.contains(word); });
    if (all) found.push_back(&entry);
  }
  return found;
}

QStringList PictureIndex::prompts(int most) const {
  QStringList prompts;
  QSet<QString> seen;
  for (const auto& entry : m_entries) {
    if (prompts.size() >= most) break;
    if (entry.words.isEmpty() || seen.contains(entry.words)) continue;
    seen.insert(entry.words);
    prompts << entry.words;
  }
  return prompts;
}

}  // namespace likeness
